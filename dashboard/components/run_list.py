"""All runs in one table, newest first, kept up to date while any of them is active.

The filters stand in the address (`/runs?state=failed&kind=predict&by=ada`), also while one run is shown, so that a link
opens the same list and the way back from a run leads to it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.components import navigation, quantities, row_opener, run_words, url
from dashboard.components.services import registry, who
from registry import runs
from registry.records import Run, RunStatus

STATES: dict[str, tuple[RunStatus, ...]] = {
    "All": ("queued", "running", "finished", "failed", "cancelled"),
    "Active": ("queued", "running"),
    "Finished": ("finished",),
    "Failed": ("failed",),
    "Cancelled": ("cancelled",),
}
MOST = 200
FILTERS = ("state", "kind", "by")


def show() -> None:
    """Draw the filters and the table."""
    with registry().read() as session:
        active, owners = runs.queued_or_running(session) > 0, runs.owners(session)
    with st.container(horizontal=True, vertical_alignment="center", key="run-filters"):
        states, kind, owner = _states(), _kind(), _owner(owners)
    st.fragment(_table, run_every=2 if active else None)(states, kind, owner, active)


def _states() -> tuple[RunStatus, ...]:
    changed = url.follow("state", "run-state", {name.lower(): name for name in STATES if name != "All"}, "All")
    state = st.segmented_control(
        "State", list(STATES), required=True, key="run-state", label_visibility="collapsed", on_change=changed
    )
    return STATES[state or "All"]


def _kind() -> str | None:
    return st.selectbox(
        "Kind",
        [None, *run_words.KINDS],
        format_func=lambda kind: run_words.KINDS[kind] if kind else "Every kind",
        placeholder="Every kind",  # stands where the chosen value is None
        key="run-kind",
        width=170,
        label_visibility="collapsed",
        on_change=url.follow("kind", "run-kind", {kind: kind for kind in run_words.KINDS}, None),
    )


def _owner(owners: Sequence[str]) -> str | None:
    """Whose runs; a name rather than "mine", because a link is opened by others."""
    titles: dict[str | None, str] = {name: f"By {name}" for name in owners}
    titles |= {None: "By everybody", who(): f"By me ({who()})"}
    return st.selectbox(
        "By",
        [None, *owners],
        format_func=titles.__getitem__,
        placeholder="By everybody",
        key="run-by",
        width=190,
        label_visibility="collapsed",
        on_change=url.follow("by", "run-by", {name: name for name in owners}, None),
    )


def _table(states: tuple[RunStatus, ...], kind: str | None, owner: str | None, active: bool) -> None:
    with registry().read() as session:
        found = [run for run in runs.listing(session, kind=kind, who=owner, limit=MOST) if run.status in states]
        if (runs.queued_or_running(session) > 0) != active:
            st.rerun()
    if not found:
        nothing()
        return
    clicked = row_opener.table(frame(found), "run-table", alt="Runs, newest first", columns=COLUMNS)
    st.caption(f"Click a row to open the run. The newest {MOST} runs are looked at.")
    if clicked is not None:
        kept = {name: word for name in FILTERS if (word := url.asked(name))}
        navigation.go(navigation.RUNS, url.run(found[clicked].id) | kept)


COLUMNS = {
    "run": st.column_config.TextColumn("run", width="medium"),
    "progress": st.column_config.ProgressColumn("progress", min_value=0, max_value=100, format="%d %%", width="small"),
}


def frame(found: Sequence[Run]) -> pd.DataFrame:
    """One row a run: what, kind, state, progress, when, how long, who."""
    return pd.DataFrame(
        [
            {
                "run": run.title,
                "kind": run_words.kind(run),
                "state": run.status + (f", {quantities.ordinal(run.position)} in the queue" if run.position else ""),
                "progress": progress(run),
                "submitted": quantities.ago(run.created_at),
                "took": quantities.duration(run_words.elapsed(run)) if run.started_at else "–",
                "by": run.created_by,
            }
            for run in found
        ]
    )


def progress(run: Run) -> float | None:
    """Per cent of the current phase that is done; None where nothing is known or nothing is done."""
    steps = run.progress.get("steps") or 0
    if run.status != "running" or not steps:
        return None
    return min(100.0, 100 * (run.progress.get("step") or 0) / steps)


def nothing() -> None:
    """Say that there is no run to show."""
    st.info("No run fits. Train a model or classify a file, and its run stands here.", icon=":material/timeline:")
    navigation.link(navigation.TRAIN, "Train a model", icon=":material/model_training:")
