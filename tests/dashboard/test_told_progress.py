"""What is told of work while the page waits for it."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from core.progress import Progress
from dashboard.components import told_progress


def test_words_hold_only_what_was_counted() -> None:
    assert told_progress.words(Progress("Checks done", step=7, steps=21)) == "Checks done: 7 of 21"
    assert told_progress.words(Progress("Reading 180,000 rows")) == "Reading 180,000 rows …"


def script() -> None:
    import streamlit as st

    from core.progress import Progress
    from dashboard.components import told_progress

    with told_progress.told("Checking") as tell:
        tell(Progress("Reading 12 rows"))
        tell(Progress("Checks done", step=1, steps=4))
    st.text("done")


def test_nothing_of_it_stays_when_the_work_is_over() -> None:
    app = AppTest.from_function(script).run()
    assert not app.exception
    assert app.text[0].value == "done"
    assert not app.caption
    assert not app.get("progress")
