"""What an attribution answers: units of the user's own text with their scores, and how far to trust them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Unit:
    """A word or a sentence: characters start <= c < end of text `part` (0 or 1), and its `pieces` by position.

    `cut` where the classifier sees the beginning of it only. A word count has no pieces.
    """

    text: str
    part: int
    start: int
    end: int
    pieces: tuple[int, ...] = ()
    cut: bool = False


@dataclass(frozen=True)
class Term:
    """A feature of a word count: its count, tf-idf `value` and `weight`; contribution = weight * value."""

    term: str
    count: int
    value: float
    weight: float
    contribution: float


@dataclass(frozen=True)
class Attribution:
    """Scores (n,) float64 of the `units`, in logits of `label` (minus those of `against`, where that is named).

    `value` is F(x), `baseline` F(b) where the method has one; `points` and `error` belong to integrated gradients.
    `pieces` and `piece_scores` (T,) are empty and None where a method scores whole units; else the unit scores and
    `specials` sum to the piece scores. `seen[part]` is where the classifier's sight of that text ends.
    """

    method: str
    label: str
    against: str | None
    unit: str
    texts: tuple[str, ...]
    seen: tuple[int, ...]
    units: tuple[Unit, ...]
    scores: np.ndarray
    signed: bool
    value: float
    probability: float
    baseline: float | None = None
    points: int | None = None
    error: float | None = None
    pieces: tuple[str, ...] = ()
    piece_scores: np.ndarray | None = None
    specials: tuple[tuple[str, float], ...] = ()
    terms: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def order(self) -> np.ndarray:
        """(n,) int64: units from the highest score to the lowest; equal scores keep the order of the text."""
        return np.argsort(-self.scores, kind="stable")

    @property
    def total(self) -> float:
        """Sum of all unit scores and specials."""
        return float(self.scores.sum() + sum(score for _, score in self.specials))

    @property
    def adds_up(self) -> str:
        """What the scores add up to in words, such as "sum +8.47 = 2.71 - (-5.76)"; "" where that says nothing."""
        if self.baseline is None:
            return ""
        return f"sum {self.total:+.4f}, F(text) {self.value:+.4f} minus F(baseline) {self.baseline:+.4f}"

    def to_json(self) -> Mapping[str, Any]:
        """Plain values with full numbers."""
        units = [{**asdict(unit), "score": float(score)} for unit, score in zip(self.units, self.scores, strict=True)]
        return {**{name: value for name, value in vars(self).items() if name != "scores"}, "units": units,
                "total": self.total}  # fmt: skip
