"""Stop a run: a button, and the question what shall become of the work so far."""

from __future__ import annotations

import streamlit as st

from dashboard.components import problems
from dashboard.components.services import registry, who
from registry.records import Run, StopRequest

KEEPING = {
    "fine_tune": ("What has been learned so far can become a model version with its scores.", "the best so far"),
    "pretrain": ("What it has read so far can become a model version with its proof.", "the best so far"),
    "predict": ("The rows that are done can be kept as a result to download.", "the rows so far"),
}


def button(run: Run) -> None:
    """Draw the Stop button of a run that is not over; it opens the question."""
    asked = run.stop_request is not None
    label = "Stopping …" if asked else "Stop"
    if st.button(label, key=f"stop-{run.id}", icon=":material/stop_circle:", disabled=asked):
        question(run.id, run.kind, run.status)


@st.dialog("Stop this run?", icon=":material/stop_circle:")
def question(run_id: str, kind: str, status: str) -> None:
    """Ask whether to keep the best so far; the answer is written into the run's row."""
    if kind in KEEPING and status == "running":
        what, kept = KEEPING[kind]
        st.write(f"The work ends within seconds. {what}")
        _answer(f"Stop and keep {kept}", run_id, "keep_best", primary=True)
        _answer("Stop and discard", run_id, "discard")
    else:
        st.write("Nothing of it is kept. The record of the run stays.")
        _answer("Stop and discard", run_id, "discard", primary=True)


def _answer(label: str, run_id: str, mode: StopRequest, *, primary: bool = False) -> None:
    pressed = st.button(
        label,
        key=f"stop-{mode}-{run_id}",
        type="primary" if primary else "secondary",
        width="stretch",
        on_click=ask_to_stop,
        args=(run_id, mode),
    )
    if pressed:
        st.rerun()


def ask_to_stop(run_id: str, mode: StopRequest) -> None:
    """Write the wish to stop into the run's row."""
    from core.jobs import submit

    with problems.told():
        submit.stop(registry(), run_id, mode, who())
