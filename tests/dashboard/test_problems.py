"""Problems on a page: sentences for the visitor, details for the log, and the rest of the page goes on."""

from __future__ import annotations

import logging
import re

import pytest
from streamlit.testing.v1 import AppTest


def user_problem() -> None:
    import streamlit as st

    from core.errors import UserProblem
    from dashboard.components import problems

    with problems.told():
        raise UserProblem("Line 3 has *4* cells.", "2 were wanted.", "Put quotes around texts with commas.")
    st.text("still here")


def registry_problem() -> None:
    from dashboard.components import problems
    from registry.errors import Refused

    with problems.told():
        raise Refused("The model is still in use.")


def our_defect() -> None:
    import streamlit as st

    from dashboard.components import problems

    with problems.told():
        raise KeyError("the customer's secret")
    st.text("still here")


def test_a_user_problem_says_what_was_found_wanted_and_to_do() -> None:
    app = AppTest.from_function(user_problem).run()
    (error,) = app.error
    assert "2 were wanted" in error.value
    assert "Put quotes around texts with commas" in error.value
    assert app.text[0].value == "still here"
    assert not app.exception


def test_a_refusal_is_shown_as_it_reads() -> None:
    app = AppTest.from_function(registry_problem).run()
    assert app.error[0].value == r"The model is still in use\."


def test_a_defect_shows_a_number_and_logs_the_details_under_it(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="dashboard"):
        app = AppTest.from_function(our_defect).run()
    number = re.search(r"number ([0-9a-f]{8})", app.error[0].value)
    assert number is not None
    assert "secret" not in app.error[0].value
    assert number[1] in caplog.text
    assert "the customer's secret" in caplog.text
    assert app.text[0].value == "still here"
    assert not app.exception
