"""The rows that probes learn from, are chosen by and are scored on: drawn with a seed, and every loss told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.data.examples import SPLITS, Examples, LabelledData
from core.errors import UserProblem
from core.training.readiness import check

TRAIN, VALIDATION, TEST = 2_000, 500, 1_000
HELD_BACK = 0.2  # of the training rows, where the dataset has no validation rows


@dataclass(frozen=True)
class Drawn:
    """Rows of the three splits, each in the dataset's order, and sentences on what was done to get them."""

    train: Examples
    validation: Examples
    test: Examples
    notes: tuple[str, ...]


def draw(
    data: LabelledData, *, train: int = TRAIN, validation: int = VALIDATION, test: int = TEST, seed: int = 0
) -> Drawn:
    """At most so many rows of each split; UserProblem where a probe cannot be trained, chosen or scored."""
    _check(data, min(train, validation, test))
    rng = np.random.default_rng(seed)
    notes: list[str] = []
    learnt, judged = data.train, data.validation
    if not len(judged):
        learnt, judged = _held_back(data.train, rng)
        notes.append(f"There are no validation rows: {len(judged):,} training rows were held back to choose C.")
    found = []
    caps = (train, validation, test)
    for split, rows, most in zip(SPLITS, (learnt, judged, data.test), caps, strict=True):
        found.append(_some(rows, most, rng))
        if len(rows) > most:
            notes.append(f"{most:,} of {len(rows):,} {split} rows were drawn (seed {seed}).")
    notes += _unlearnt(data.labels, found[0], found[2])
    return Drawn(found[0], found[1], found[2], tuple(notes))


def _check(data: LabelledData, fewest: int) -> None:
    if data.problem_type != "single_label":
        raise UserProblem(
            "These rows can have several labels.", "A probe here tells one label a row.", "Choose another dataset."
        )
    check(data)
    if not len(data.test):
        raise UserProblem(
            "The dataset has no test rows.", "Layers are compared on rows that no probe has seen.",
            "Choose a dataset with a test split.",
        )  # fmt: skip
    if fewest < 10:
        raise UserProblem(f"At most {fewest} rows were asked for.", "At least 10 of each split are wanted.")


def _held_back(rows: Examples, rng: np.random.Generator) -> tuple[Examples, Examples]:
    order = rng.permutation(len(rows))
    count = max(1, round(HELD_BACK * len(rows)))
    return _chosen(rows, np.sort(order[count:])), _chosen(rows, np.sort(order[:count]))


def _some(rows: Examples, most: int, rng: np.random.Generator) -> Examples:
    if len(rows) <= most:
        return rows
    return _chosen(rows, np.sort(rng.choice(len(rows), most, replace=False)))


def _chosen(rows: Examples, places: np.ndarray) -> Examples:
    pairs = None if rows.pairs is None else tuple(rows.pairs[place] for place in places)
    return Examples(tuple(rows.texts[place] for place in places), rows.targets[places], rows.row_ids[places], pairs)


def _unlearnt(labels: tuple[str, ...], train: Examples, test: Examples) -> list[str]:
    """Labels that probes cannot know because no drawn training row has them."""
    known = set(train.targets.tolist())
    if len(known) < 2:
        raise UserProblem("The drawn training rows have one label only.", "At least two are wanted.", "Draw more rows.")
    missing = [label for number, label in enumerate(labels) if number not in known]
    if not missing:
        return []
    rows = int((~np.isin(test.targets, list(known))).sum())
    named = ", ".join(repr(label) for label in missing[:5]) + (" …" if len(missing) > 5 else "")
    return [f"No drawn training row has the label {named}: the {rows:,} test rows with it cannot be right."]
