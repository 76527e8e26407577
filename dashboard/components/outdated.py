"""Says that scores come from a version of a dataset that is not its newest, with the way to score on the newest.

A score is never wrong for that: versions do not change. But it tells of rows that somebody has since replaced.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components import model_scores, problems, score_elsewhere
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry import datasets
from registry.errors import NotFound
from registry.records import DatasetVersion, ModelVersion, Score


def newer(dataset: DatasetVersion | None) -> DatasetVersion | None:
    """The newest version of the same dataset, where `dataset` is an older one."""
    if dataset is None:
        return None
    try:
        with registry().read() as session:
            newest = datasets.get(session, dataset.name)
    except NotFound:
        return None
    return newest if newest.version > dataset.version else None


def show(versions: Sequence[ModelVersion], score: Score, dataset: DatasetVersion | None) -> None:
    """Draw the notice for model versions whose `score` on `dataset` is shown; nothing where it is the newest."""
    newest = newer(dataset)
    if newest is None or dataset is None:
        return
    lacking = [version for version in versions if not scored(version, newest, score.split)]
    st.info(
        f"Scored on {escape(dataset.spec)}; version {newest.version} exists. {onward(newest, score.split, lacking)}",
        icon=":material/update:",
    )
    if newest.rows.get(score.split):
        with st.container(horizontal=True, key=f"newer-{score.id}"):
            for version in lacking:
                _offer(version, newest, score.split)


def onward(newest: DatasetVersion, split: str, lacking: Sequence[ModelVersion]) -> str:
    """What can be done about it."""
    if not newest.rows.get(split):
        return f"It has no {split} rows to score on."
    if not lacking:
        return "Scores on it are there too: choose them above."
    return f"Some of its {split} rows may be among those that were trained on."


def scored(version: ModelVersion, dataset: DatasetVersion, split: str) -> bool:
    """Whether `version` has a score on that split of that dataset version."""
    return any((score.dataset_version, score.split) == (dataset.id, split) for score, _ in model_scores.of(version))


def _offer(version: ModelVersion, dataset: DatasetVersion, split: str) -> None:
    label = f"Score {escape(version.spec)} on {escape(dataset.spec)} ({split})"
    if st.button(label, key=f"score-newer-{version.id}-{dataset.id}", icon=":material/query_stats:"):
        with problems.told():
            score_elsewhere.start(version, dataset, split)
