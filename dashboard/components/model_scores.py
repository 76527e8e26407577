"""The stored scores of a model version, and which of them stands for it."""

from __future__ import annotations

from typing import Any

from dashboard.components.services import registry
from registry import datasets, scores
from registry.errors import NotFound
from registry.records import DatasetVersion, ModelVersion, Score

ORDER = ("test", "validation", "train")


def newest(version: ModelVersion) -> tuple[Score | None, DatasetVersion | None]:
    """The score that stands for `version`, with its dataset: on its own dataset's test rows, else the best there is."""
    found = of(version)
    return found[0] if found else (None, None)


def of(version: ModelVersion) -> list[tuple[Score, DatasetVersion | None]]:
    """The newest score for each dataset version and split, the one that stands for the version first."""
    with registry().read() as session:
        found = scores.of_model(session, version.id)
        newest_of: dict[tuple[str, str], Score] = {}
        for score in sorted(found, key=lambda item: item.created_at):
            newest_of[score.dataset_version, score.split] = score
        ranked = sorted(newest_of.values(), key=lambda score: _rank(score, version))
        return [(score, _dataset(session, score.dataset_version)) for score in ranked]


def _rank(score: Score, version: ModelVersion) -> tuple[bool, int, float]:
    place = ORDER.index(score.split) if score.split in ORDER else len(ORDER)
    return score.dataset_version != version.dataset_version, place, -score.created_at.timestamp()


def _dataset(session: Any, identity: str) -> DatasetVersion | None:
    try:
        return datasets.get(session, identity)
    except NotFound:
        return None
