"""A run while it works: phase, progress, speed, time left, place in the queue, curves, log.

Everything is read from the run's row, once a second while the run is active, so any number of tabs and people watch the
same run, and a closed tab or a restarted server changes nothing. Looking at a waiting run also makes sure that a worker
lives. When the status changes, the whole page is drawn anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.jobs import engine
from dashboard.components import curves, problems, quantities, run_words
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry import runs
from registry.records import Run

UNKNOWN = "–"


def watch(run: Run) -> None:
    """Draw `run`, and draw it again every second until it is over."""
    st.fragment(_live, run_every=None if run.over else 1)(run.id, run.status)


def _live(run_id: str, seen: str) -> None:
    with problems.told():
        with registry().read() as session:
            run = runs.get(session, run_id)
            measurements = runs.measurements(session, run_id)
        if run.status != seen:
            st.rerun()
        if not run.over:
            engine.ensure_worker(registry())
        _state(run)
        curves.show(measurements, key=f"curves-{run_id}", kind=run.kind)
        log(run)


def _state(run: Run) -> None:
    if run.status == "failed":
        st.error(f"{escape(run.error)}  \n{run_words.advice(run)}", title="The run failed", icon=":material/error:")
    elif run.status == "running":
        _working(run, run.progress)
    elif run.status == "queued":
        st.progress(0.0, text=run_words.waiting(run))


def _working(run: Run, progress: Mapping[str, Any]) -> None:
    done, total = int(progress.get("step") or 0), int(progress.get("steps") or 0)
    st.progress(min(1.0, done / total) if total else 0.0, text=escape(run_words.doing(run)))
    with st.container(horizontal=True, key=f"figures-{run.id}"):
        for title, value in figures(run, progress):
            st.metric(title, value, width=170)


def figures(run: Run, progress: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Title and value of speed and time, always the same ones, so that nothing jumps; a dash for what is unknown."""
    rate, epoch, left = progress.get("rate"), progress.get("epoch"), progress.get("seconds_left")
    pretraining = run.kind == "pretrain"
    unit = "steps/s" if pretraining else "texts/s"
    shown = [
        ("Running for", quantities.duration(run_words.elapsed(run))),
        ("Time left, about", UNKNOWN if left is None else quantities.duration(left)),
        ("Speed", UNKNOWN if not rate else f"{rate:,.0f} {unit}" if rate >= 10 else f"{rate:.1f} {unit}"),
    ]
    if pretraining:  # counted from the first, a new head's warm-up included
        return [*shown, ("Reads the text", UNKNOWN if epoch is None else f"{quantities.ordinal(int(epoch) + 1)} time")]
    counts = epoch is not None and epoch != progress.get("step")  # choosing among heads has tries, not epochs
    return [*shown, ("Epoch", f"{epoch:.2f}" if counts else UNKNOWN)] if run.kind == "fine_tune" else shown


def log(run: Run) -> None:
    """The run's log, folded away, with a button that saves it."""
    if not run.log:
        return
    with st.expander("Log", key=f"log-{run.id}", icon=":material/notes:"):
        st.code(run.log[-20_000:], language=None, height=min(260, 40 + 22 * run.log.count("\n")), wrap_lines=True)
        st.download_button(
            "Download log",
            run.log,
            file_name=f"run-{run.id[:8]}.log",
            mime="text/plain",
            key=f"log-file-{run.id}",
            on_click="ignore",
            icon=":material/download:",
        )
