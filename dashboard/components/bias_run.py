"""Measuring on the bias page: a button that queues a run, the run while it works, and what it found.

The run's id stands in the address, so a closed tab loses nothing. Results are stored against the model version and
stand below for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import bias_card, problems, run_progress, run_stop, url
from dashboard.components.plain import escape
from dashboard.components.services import registry, who
from registry import bias_results, runs
from registry.errors import NotFound
from registry.records import BiasResult, ModelVersion, Run

if TYPE_CHECKING:
    from core.bias.measure import Family
    from core.jobs.auditing import Asked

OPENED = 2  # results of a run that stand open; more of them are opened by a click


def button(version: ModelVersion, label: str, key: str, asked: Callable[[], Sequence[Asked]], *, why: str = "") -> None:
    """The button that measures: `asked()` is called when it is clicked; disabled, with the reason, where `why` says."""
    if st.button(label, type="primary", icon=":material/play_arrow:", key=key, disabled=bool(why), help=why or None):
        with problems.told():
            from core.jobs import auditing

            run = auditing.submit(registry(), model=version.id, asked=asked(), who=who())
            url.put(run=run.id)
            st.rerun()


def watched(version: ModelVersion) -> None:
    """The run that the address names, while it works or when it failed; nothing where it is another model's."""
    run = asked_run()
    if run is None or run.config.get("model") != version.id or run.status == "finished":
        return
    with st.container(border=True, key=f"bias-run-{run.id}"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"bias-heading-{run.id}"):
            st.markdown(f"**{escape(run.title)}**")
            if not run.over:
                run_stop.button(run)
        run_progress.watch(run)


def asked_run() -> Run | None:
    """The bias run that the address names, if there is one."""
    id = url.asked("run")
    try:
        with registry().read() as session:
            run = runs.get(session, id) if id else None
    except NotFound:
        return None
    return run if run is not None and run.kind in ("bias", "mitigate") else None


def results(version: ModelVersion, family: Family, *, without: Sequence[str] = ()) -> None:
    """Every newest result of a family on this version: those of the run in the address open, the others folded.

    What a folded result holds is read and sent when it is opened.
    """
    from core.bias.measures import MEASURES

    run = asked_run()
    with registry().read() as session:
        found = bias_results.newest(session, version.id)
    shown = [one for one in found if one.measure in MEASURES and MEASURES[one.measure].family == family]
    shown = [one for one in shown if one.measure not in without]
    if not shown:
        st.caption("Nothing has been measured here on this model version yet.")
        return
    few = run is not None and sum(one.run == run.id for one in shown) <= OPENED
    opened_runs = {run.id} if run is not None and few else set()  # a battery is read together first, then one by one
    st.subheader("Results", anchor=False)
    for one in shown:
        opened = one.run in opened_runs
        fold = st.expander(title(one), opened, key=f"bias-{one.id}", on_change="rerun")
        if fold.open:
            with fold, problems.told():
                bias_card.show(one)


def title(one: BiasResult) -> str:
    """Measure, inputs, vectors of words and value in one line."""
    from core.bias import told
    from core.bias.found import Found
    from core.bias.measures import MEASURES
    from core.bias.vectors.kinds import TITLES

    head = Found.from_json(one.found).headline
    said = told.figure(head, 2) if head.value is not None else "no value"
    kind = TITLES.get(str(one.settings.get("vectors") or ""), "")
    parts = (MEASURES[one.measure].title, str(one.inputs["name"]), kind, said)
    return " · ".join(escape(part) for part in parts if part)
