"""How often vectors lead to the right sense, with its interval, and whether two kinds of vectors can be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.evaluation.intervals import Interval
from core.inspection.senses.nearest import RULES, TIED, leave_one_out
from core.inspection.senses.sheet import Labelled
from core.inspection.senses.vectors import FREQUENT

Predicted = tuple[str | None, ...]  # by occurrence; None for a tie


@dataclass(frozen=True)
class Score:
    """Vectors `name` under a `rule`: the share right over n occurrences with its Wilson interval, a tie never right.

    `by_word` is the mean share over words, `f1` the mean F1 over senses of words. `hits` (n,) is 1 or 0; for the most
    frequent sense 1 over the number of senses that are equally frequent.
    """

    name: str
    rule: str
    accuracy: Interval
    tied: int
    by_word: float
    f1: float
    predicted: Predicted
    hits: np.ndarray

    @property
    def n(self) -> int:
        """Occurrences."""
        return len(self.hits)

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name, "rule": self.rule, "accuracy": self.accuracy.to_json(), "right": float(self.hits.sum()),
            "tied": self.tied, "n": self.n, "by_word": self.by_word, "f1": self.f1, "predicted": list(self.predicted),
        }  # fmt: skip


def scored(name: str, rows: Sequence[Labelled], vectors: np.ndarray) -> list[Score]:
    """Leave-one-out scores of vectors (n, H) under every rule; senses compete within their word."""
    predicted = {rule: np.full(len(rows), None, dtype=object) for rule in RULES}
    for members in by_word(rows):
        senses = np.array([rows[row].sense for row in members], dtype=object)
        names, codes = np.unique(senses, return_inverse=True)
        for rule, found in leave_one_out(vectors[members], codes).items():
            predicted[rule][members] = [None if code == TIED else names[code] for code in found]
    return [score(name, rule, rows, found.tolist()) for rule, found in predicted.items()]


def score(name: str, rule: str, rows: Sequence[Labelled], predicted: Sequence[str | None]) -> Score:
    """The score of predictions in the order of the rows."""
    hits = np.array([float(row.sense == found) for row, found in zip(rows, predicted, strict=True)])
    tied = sum(found is None for found in predicted)
    return _score(name, rule, rows, tuple(predicted), hits, tied)


def most_frequent(rows: Sequence[Labelled]) -> Score:
    """Always the word's most frequent sense; where several are, one by lot: their rows hit 1 / their number.

    Counted over all rows, none left out: in an even sheet the rest of a sense is always the rarer one.
    """
    hits, predicted = np.zeros(len(rows)), [""] * len(rows)
    for members in by_word(rows):
        names, counts = np.unique([rows[row].sense for row in members], return_counts=True)
        top = set(names[counts == counts.max()].tolist())
        for row in members:
            hits[row] = (rows[row].sense in top) / len(top)
            predicted[row] = min(top)
    return _score(FREQUENT, "", rows, tuple(predicted), hits, 0)


def _score(name: str, rule: str, rows: Sequence[Labelled], predicted: Predicted, hits: np.ndarray, tied: int) -> Score:
    from sklearn.metrics import f1_score

    from core.evaluation.wilson import wilson

    shares = [float(hits[members].mean()) for members in by_word(rows)]
    right = [f"{row.word}\n{row.sense}" for row in rows]
    told = [f"{row.word}\n{found}" if found is not None else "" for row, found in zip(rows, predicted, strict=True)]
    f1 = float(f1_score(right, told, labels=sorted(set(right)), average="macro", zero_division=0.0))
    return Score(name, rule, wilson(float(hits.sum()), len(rows)), tied, float(np.mean(shares)), f1, predicted, hits)


def by_word(rows: Sequence[Labelled]) -> list[np.ndarray]:
    """The places of each word's rows, words in order of appearance."""
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(row.word, []).append(place)
    return [np.array(each) for each in places.values()]


@dataclass(frozen=True)
class Against:
    """`name` against the best: its score minus the best's is `difference`; `apart` where the rows tell which is better.

    Both are resampled with the same rows, and where few differ an exact sign test must agree
    (core/pretraining/proof/paired.py).
    """

    name: str
    difference: Interval
    apart: bool


def against(best: Score, other: Score) -> Against:
    """Compare two scores on the same rows."""
    from core.pretraining.proof.paired import Sums, compare_sums

    sides = [Sums(np.arange(each.n), each.hits, np.ones(each.n)) for each in (best, other)]
    found = compare_sums(sides[0], sides[1], what="accuracy", lower_is_better=False)
    return Against(other.name, found.interval, found.change in ("better", "worse"))
