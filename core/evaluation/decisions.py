"""From probabilities to predictions, and from predictions to what can be counted, for one or for several labels a row.

`Decided` is what both kinds share: per-class counts for the rows, or for any resample of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.data.examples import ProblemType
from core.errors import UserProblem
from core.evaluation.confusion import Counts, confusion_matrix
from core.evaluation.intervals import sums_by_cell


@dataclass(frozen=True)
class Decided:
    """Targets and predictions of n rows: (n,) int for one label a row, (n, C) bool for several."""

    targets: np.ndarray
    predictions: np.ndarray
    classes: int

    @property
    def right(self) -> np.ndarray:
        """Whether each row is right, with several labels in all of them: (n,) bool."""
        same = self.targets == self.predictions
        return np.asarray(same if same.ndim == 1 else same.all(axis=1))

    @property
    def truth(self) -> np.ndarray:
        """Targets as (n, C) bool."""
        return self.targets if self.targets.ndim == 2 else np.eye(self.classes, dtype=bool)[self.targets]

    def counts(self, weights: np.ndarray) -> Counts:
        """Count hits, predictions and support a class under weights (r, n): each (r, C)."""
        if self.targets.ndim == 2:
            both = self.targets & self.predictions
            return Counts(*(_product(weights, part) for part in (both, self.predictions, self.targets)))
        hits = np.where(self.right, self.targets, self.classes)
        return Counts(
            sums_by_cell(weights, hits, self.classes + 1)[:, :-1],
            sums_by_cell(weights, self.predictions, self.classes),
            sums_by_cell(weights, self.targets, self.classes),
        )

    def confusion(self) -> np.ndarray:
        """(C, C) counts by true and predicted class; for several labels (C, 2, 2) as scikit-learn lays it out."""
        if self.targets.ndim == 1:
            return confusion_matrix(self.targets, self.predictions, self.classes)
        hits = (self.targets & self.predictions).sum(axis=0)
        false, missed = self.predictions.sum(axis=0) - hits, self.targets.sum(axis=0) - hits
        rest = len(self.targets) - hits - false - missed
        return np.stack([rest, false, missed, hits], axis=1).reshape(-1, 2, 2)


def decide(
    probabilities: np.ndarray, targets: np.ndarray, problem_type: ProblemType, thresholds: np.ndarray | None = None
) -> Decided:
    """Predict from probabilities (n, C): the likeliest label, or every label at or above its threshold (C,) (0.5)."""
    _check(probabilities, targets, problem_type)
    if problem_type == "single_label":
        return Decided(targets.astype(np.int64), probabilities.argmax(axis=1), probabilities.shape[1])
    bars = np.full(probabilities.shape[1], 0.5) if thresholds is None else np.asarray(thresholds)
    return Decided(targets > 0.5, probabilities >= bars, probabilities.shape[1])


def _product(weights: np.ndarray, part: np.ndarray) -> np.ndarray:
    return np.asarray(weights @ part.astype(np.float32), dtype=np.float64)


def _check(probabilities: np.ndarray, targets: np.ndarray, problem_type: ProblemType) -> None:
    if not len(targets):
        raise UserProblem("There are no rows to score.", "At least one labelled row is needed.")
    if not np.isfinite(probabilities).all():
        raise UserProblem(
            "The model gave probabilities that are not numbers.",
            "Every probability must be a number from 0 to 1.",
            "Train it again with a lower learning rate.",
        )
    wanted = (len(targets),) if problem_type == "single_label" else probabilities.shape
    if probabilities.ndim != 2 or len(probabilities) != len(targets) or targets.shape != wanted:
        raise ValueError(f"probabilities {probabilities.shape} and targets {targets.shape} do not fit {problem_type}")
