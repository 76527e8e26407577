"""Layers: which layer of the model knows the labels of a dataset, by a small linear probe on every layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import choose_dataset, inspected, probing_answer, problems, told_progress
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry.records import DatasetVersion, ModelVersion

if TYPE_CHECKING:
    from core.inspection.probing.result import Probing

Asked = tuple[str, str, int, int]  # dataset version's id, rule, training rows, test rows

RULES = {"mean": "Mean of its pieces", "first": "First piece ([CLS])"}
ROWS = (200, 500, 1_000, 2_000, 5_000)


def show(version: ModelVersion) -> None:
    """Draw the choice of rows, and what was found for it."""
    st.caption(
        "For every layer, a logistic regression learns the labels of a dataset from that layer's frozen vectors and is "
        "scored on test rows. It shows what can be read off a layer in a straight line, not what the model itself "
        "uses; a small difference between layers on few rows is luck. One label a sentence: labels of single words "
        "are not covered."
    )
    dataset = choose_dataset.choose(f"probing-dataset-{version.id}")
    if dataset is None:
        return
    asked = _asked(version, dataset)
    kept = st.session_state.setdefault(f"probing-found-{version.id}", {})
    if st.button("Probe every layer", type="primary", icon=":material/play_arrow:", key=f"probing-go-{version.id}"):
        with problems.told():
            kept[asked] = _probe(version, asked)
    if asked in kept:
        probing_answer.show(version, dataset, kept[asked])
    elif kept:
        st.info("What was probed before had other settings. Press the button to probe with these.")
    else:
        _told_before(version, dataset)


def _asked(version: ModelVersion, dataset: DatasetVersion) -> Asked:
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"probing-settings-{version.id}"):
        rule = st.segmented_control(
            "A text's vector", list(RULES), format_func=RULES.__getitem__, default="mean", required=True,
            key=f"probing-rule-{version.id}", help="Static word vectors are always the mean.",
        )  # fmt: skip
        train = st.select_slider("Training rows, at most", ROWS, 2_000, key=f"probing-train-{version.id}")
        test = st.select_slider("Test rows, at most", ROWS, 1_000, key=f"probing-test-{version.id}")
    return dataset.id, rule or "mean", int(train), int(test)


def _told_before(version: ModelVersion, dataset: DatasetVersion) -> None:
    """What pressing the button would do."""
    rows = ", ".join(f"{count:,} {split}" for split, count in dataset.rows.items() if count)
    st.info(
        f"Nothing has been probed yet. {escape(dataset.spec)} has {rows} rows; {escape(version.spec)} reads each once, "
        "at most 128 pieces of it, and its vectors are kept for the next time.",
        icon=":material/layers:",
    )


def _probe(version: ModelVersion, asked: Asked) -> Probing:
    """Read the rows and fit the probes; a click on Stop ends the run of this page, what was read stays in the cache."""
    from core.data import dataset as files
    from core.inspection.probing.layers import probe_layers
    from registry import datasets

    with registry().read() as session:
        data = datasets.get(session, asked[0])
    rows = files.read(registry().artifacts.local(data.artifact))
    subject = inspected.subject(version.id)
    place = st.empty()
    place.button("Stop", icon=":material/stop_circle:", key=f"probing-stop-{version.id}")
    with told_progress.told("Reading and probing …") as report, inspected.TURN:
        found = probe_layers(
            subject, rows, rule=asked[1], train=asked[2], test=asked[3], cache=inspected.cache(), report=report
        )
    place.empty()
    return found
