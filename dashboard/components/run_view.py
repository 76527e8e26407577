"""One run, whole: what it is, how far it is, what came of it, what it was asked to do.

The same view stands on the train, runs and classify pages, each with the run's id in the address.
"""

from __future__ import annotations

import streamlit as st

from dashboard.components import navigation, problems, run_details, run_progress, run_result, run_stop, run_words
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry import runs
from registry.errors import NotFound
from registry.records import Run

AGAIN = {"fine_tune": navigation.TRAIN, "pretrain": navigation.PRETRAIN}  # the form that a run came from


def show(run_id: str) -> Run | None:
    """Draw the run with this id and return it; None, with a sentence, where there is none."""
    run = find(run_id)
    if run is None:
        return None
    heading(run)
    if run.status == "finished":
        with problems.told():
            run_result.show(run)
    run_progress.watch(run)
    if run.kind in AGAIN and run.over:
        again(run)
    run_details.show(run)
    return run


def again(run: Run) -> None:
    """The way to the form with the settings of this run."""
    if st.button("Change something and start again", key=f"again-{run.id}", icon=":material/restart_alt:"):
        navigation.go(AGAIN[run.kind], {"like": run.id})


def find(run_id: str) -> Run | None:
    """The run with this id, or None after saying that there is none."""
    try:
        with registry().read() as session:
            return runs.get(session, run_id)
    except NotFound:
        st.warning(
            "No run has the id that the address names. It may belong to another workspace.",
            title="This run is not here",
            icon=":material/search_off:",
        )
        return None


def heading(run: Run) -> None:
    """Title, state and the Stop button."""
    st.subheader(escape(run.title), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", key=f"heading-{run.id}"):
        st.badge(run.status, icon=run_words.ICONS[run.status], color=run_words.COLOURS[run.status])
        st.caption(f"{run_words.kind(run)} by {escape(run.created_by)}. {run_words.sentence(run)}")
        if not run.over:
            run_stop.button(run)
