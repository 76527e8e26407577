"""Geometry: how much a word's vector depends on its sentence, layer by layer, on text of the visitor's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import choose_dataset, inspect_geometry_found, inspected, problems, quantities, told_progress
from dashboard.components.services import registry
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.geometry.result import Geometry, Settings

SIZES = (200, 500, 1_000, 2_000, 5_000)
RUNNING = "geometry-running"


def show(version: ModelVersion) -> None:
    """Draw the choice of text, and what was measured on it."""
    st.caption(
        "With one vector a word, all its occurrences would be equal (self-similarity 1); the lower it falls, the more "
        "the sentence shapes the word (Ethayarajh 2019). Each number stands beside what random words reach, because in "
        "many layers all vectors point the same way. It tells how much context there is in a vector, not whether that "
        "context is meaning. Numbers depend on the text: compare models on the same one."
    )
    dataset, settings = _choose(version)
    found = _kept(version, dataset, settings)
    if found is None:
        found = _measure(version, dataset, settings)
    if found is None:
        st.info(
            "Nothing has been measured with these settings yet. The shipped sentences take about half a minute on two "
            "cores; the result is kept for everybody.", icon=":material/scatter_plot:",
        )  # fmt: skip
        return
    inspect_geometry_found.show(version, found, _named(dataset))


def _choose(version: ModelVersion) -> tuple[str | None, Settings]:
    """Dataset version's id or None, and the settings."""
    from core.inspection.geometry.result import Settings

    versions = {item.id: item for item in choose_dataset.every_version()}
    with st.container(horizontal=True, vertical_alignment="bottom", key="geometry-choice"):
        dataset = st.selectbox(
            "Text", [None, *versions], key="geometry-dataset", width=340,
            format_func=lambda id: "Sentences shipped with this product" if id is None else _label(versions[id]),
        )  # fmt: skip
        size = st.selectbox(
            "Sentences, at most", SIZES, 2, key="geometry-sentences", width=180, format_func=lambda n: f"{n:,}",
            help="Drawn at random where the text has more. A row of labelled data counts as one.",
        )  # fmt: skip
        seed = st.number_input("Seed", 0, 2**31, 0, key="geometry-seed", width=120, help="Sets every random draw.")
        least = st.number_input(
            "Occurrences of a word", 2, 100, 5, key="geometry-least", width=190,
            help="Self-similarity is measured for words in at least so many different sentences.",
        )  # fmt: skip
        marks = st.toggle(
            "Count punctuation", True, key="geometry-marks",
            help="As in the paper. Off, the baseline is the one that the view Words in context takes off.",
        )  # fmt: skip
    return dataset, Settings(sentences=int(size), seed=int(seed), occurrences=int(least), marks=marks)


def _label(item: object) -> str:
    from registry.records import DatasetVersion

    assert isinstance(item, DatasetVersion)
    return f"{item.spec} · {quantities.count(sum(item.rows.values()), 'sentence' if item.is_raw_text else 'row')}"


def _named(dataset: str | None) -> str:
    if dataset is None:
        return "the shipped sentences"
    return next(item.spec for item in choose_dataset.every_version() if item.id == dataset)


def _kept(version: ModelVersion, dataset: str | None, settings: Settings) -> Geometry | None:
    from core.jobs import inspected_geometry

    return inspected_geometry.kept(registry(), inspected.subject(version.id), dataset, settings)


def _measure(version: ModelVersion, dataset: str | None, settings: Settings) -> Geometry | None:
    """Measure while the button says so: any click on the page, Stop above all, ends the run and nothing is kept."""
    place = st.empty()
    asked = (version.id, dataset, settings)
    if st.session_state.get(RUNNING) != asked:
        place.button(
            "Measure", type="primary", icon=":material/play_arrow:", key="geometry-go", on_click=_run, args=(asked,)
        )
        return None
    place.button("Stop", icon=":material/stop_circle:", key="geometry-stop", on_click=_run, args=(None,))
    return _measured(asked, place)


def _run(asked: object) -> None:
    st.session_state[RUNNING] = asked


def _measured(asked: tuple[str, str | None, Settings], place: object) -> Geometry | None:
    from core.jobs import inspected_geometry

    version, dataset, settings = asked
    with problems.told():
        with told_progress.told("Reading the sentences …") as report, inspected.TURN:
            found, _ = inspected_geometry.measured(
                registry(), inspected.subject(version), dataset, settings, report=report
            )
        st.session_state[RUNNING] = None
        place.empty()  # type: ignore[attr-defined]
        return found
    st.session_state[RUNNING] = None
    return None
