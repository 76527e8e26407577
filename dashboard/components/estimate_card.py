"""How long a training would take and how much memory, measured on this machine before anybody starts it.

The measurement runs in a child process behind a queue of one, so the page never waits and two tabs never measure at the
same time. Its answer is kept by settings; while it is under way the card asks once a second.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import streamlit as st

from dashboard.components import problems, quantities
from dashboard.components.services import registry
from registry.records import DatasetVersion, ModelVersion

LAST = "estimate-last"


@st.cache_resource
def _line() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="estimate")


@st.cache_resource(max_entries=64)
def _measurement(settings: str, _arguments: Mapping[str, Any]) -> Future[Any]:
    from core.training.estimate import estimate_in_child

    return _line().submit(estimate_in_child, **_arguments)


def show(method: str, dataset: DatasetVersion, base: ModelVersion | None, parameters: Mapping[str, Any]) -> None:
    """Draw time and peak memory of a training with these settings, measuring them first where need be.

    `method` names a training method, or is core.pretraining.config's PRETRAIN for a pre-training.
    """
    settings = json.dumps([method, dataset.id, base.id if base else None, parameters], sort_keys=True)
    with problems.told():
        future = measured(settings, method, dataset, base, parameters)
        st.fragment(_card, run_every=None if future.done() else 1)(settings, future, done=future.done())


def measured(
    settings: str, method: str, dataset: DatasetVersion, base: ModelVersion | None, parameters: Mapping[str, Any]
) -> Future[Any]:
    """The measurement for these settings, under way or done; one that this tab no longer wants is not begun."""
    last = st.session_state.get(LAST)
    if last and last[0] != settings and last[1].cancel():
        _measurement.clear(last[0], {})
    store = registry().artifacts
    arguments = {
        "method": method,
        "data_folder": store.local(dataset.artifact),
        "config": dict(parameters),
        "base": store.local(base.artifact) if base else None,
    }
    future = _measurement(settings, arguments)
    st.session_state[LAST] = (settings, future)
    return future


def _card(settings: str, future: Future[Any], *, done: bool) -> None:
    if not future.done():
        st.caption("Measuring time and memory on this machine …")
        st.skeleton(height=58)
        return
    if not done:
        st.rerun()
    with problems.told():
        try:
            estimate = future.result()
        except BaseException:
            _measurement.clear(settings, {})
            raise
        _figures(estimate)


def _figures(estimate: Any) -> None:
    with st.container(horizontal=True, key="estimate"):
        st.metric("Takes about", quantities.duration(estimate.seconds), width=150)
        st.metric("Peak memory", quantities.size(int(estimate.peak_mb * 1e6)), width=150)
    st.caption(str(estimate.basis))
