"""What the address says."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import url


def read() -> None:
    import streamlit as st

    from dashboard.components import url

    st.text(repr((url.asked("dataset"), url.asked_version())))


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({}, "(None, None)"),
        ({"dataset": "", "version": ""}, "(None, None)"),
        ({"dataset": "a b/ä", "version": "12"}, "('a b/ä', 12)"),
        ({"dataset": "x", "version": "-1"}, "('x', None)"),
        ({"dataset": "x", "version": "²"}, "('x', None)"),
        ({"dataset": "x", "version": "9" * 30}, "('x', None)"),
    ],
)
def test_the_address_is_read_and_nonsense_is_none(params: dict[str, str], said: str) -> None:
    app = AppTest.from_function(read)
    for name, value in params.items():
        app.query_params[name] = value
    assert app.run().text[0].value == said


def write() -> None:
    from dashboard.components import url

    url.put(dataset="reviews", version=2, run=None)


def test_put_writes_and_removes() -> None:
    app = AppTest.from_function(write)
    app.query_params["run"] = "old"
    app.run()
    assert dict(app.query_params) == {"dataset": "reviews", "version": "2"}


def test_parts_that_name_things() -> None:
    assert url.dataset("reviews", 3) == {"dataset": "reviews", "version": "3"}
    assert url.dataset("reviews") == {"dataset": "reviews"}
    assert url.model("m", 1) == {"model": "m", "version": "1"}
    assert url.run("ab") == {"run": "ab"}
