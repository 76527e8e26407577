"""Senses: does a layer tell the senses of a word apart, on the visitor's own labelled sentences?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import (
    inspect_senses_clusters,
    inspect_senses_curve,
    inspect_senses_sheet,
    inspected,
    problems,
    told_progress,
)
from dashboard.components.kept import kept
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.senses.curve import SenseCurve
    from core.inspection.senses.sheet import Labelled
    from core.inspection.senses.vectors import SenseVectors


def show(version: ModelVersion) -> None:
    """Draw the sentences, and what was measured on them."""
    st.caption(
        "Label sentences with the sense of their word: each label is hidden in turn and guessed from the others, at "
        "every layer. Beside the layers stand guesses that need none, because often the other words of a sentence are "
        "enough: senses differ by topic. Nouns with clear senses go well; fine senses of verbs are near chance for "
        "small models. In a sentence encoder the last layer's word vector is close to a vector of the whole sentence."
    )
    rows, pooling = inspect_senses_sheet.choose()
    if not rows:
        return
    curve_tab, cluster_tab = st.tabs(["Sense curve", "Clusters"], key="senses-tabs")
    with curve_tab, problems.told():
        inspect_senses_curve.show(version, _curve(version, rows, pooling))
    with cluster_tab, problems.told():
        inspect_senses_clusters.show(version, rows, _vectors(version, rows, pooling))


def _curve(version: ModelVersion, rows: tuple[Labelled, ...], pooling: str) -> SenseCurve:
    """The curve of these rows, kept for the next run."""
    from core.inspection.senses.curve import sense_curve
    from core.jobs import inspecting

    def make() -> SenseCurve:
        subject = inspected.subject(version.id)
        with told_progress.told("Reading the sentences …") as report, inspected.TURN:
            background = inspecting.background(registry(), subject, pooling, report=report)
            return sense_curve(
                subject, rows, pooling=pooling, background=background, cache=inspected.cache(), report=report
            )

    return kept("senses-curve", (version.id, rows, pooling), make)


def _vectors(version: ModelVersion, rows: tuple[Labelled, ...], pooling: str) -> SenseVectors:
    """Vectors of all rows, those without a sense too; what the curve read comes from the cache."""
    from core.inspection.senses.vectors import sense_vectors

    def make() -> SenseVectors:
        subject = inspected.subject(version.id)
        with told_progress.told("Reading the sentences …") as report, inspected.TURN:
            occurrences = [row.occurrence for row in rows]
            return sense_vectors(subject, occurrences, pooling=pooling, cache=inspected.cache(), report=report)

    found = kept("senses-vectors", (version.id, rows, pooling), make)
    for problem in dict.fromkeys(problem for problem in found.problems if problem):
        st.caption(f":material/info: Left out: {escape(problem)}")
    return found
