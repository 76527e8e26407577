"""Scores of the probabilities themselves, row by row, so that their mean can be resampled.

Both follow scikit-learn (log_loss, brier_score_loss): natural logarithm; Brier halved for two classes, so that it is
the squared error of one probability.
"""

from __future__ import annotations

import numpy as np

from core.data.examples import ProblemType

_TINY = float(np.finfo(np.float64).eps)


def log_loss_by_row(probabilities: np.ndarray, targets: np.ndarray, problem_type: ProblemType) -> np.ndarray:
    """Negative log-likelihood a row: (n,) >= 0; for several labels a row the mean over labels."""
    if problem_type == "multi_label":
        clipped = np.clip(probabilities, _TINY, 1 - _TINY)
        return np.asarray(-(targets * np.log(clipped) + (1 - targets) * np.log1p(-clipped)).mean(axis=1))
    return np.asarray(-np.log(np.clip(probabilities[np.arange(len(targets)), targets], _TINY, 1 - _TINY)))


def brier_by_row(probabilities: np.ndarray, targets: np.ndarray, problem_type: ProblemType) -> np.ndarray:
    """Squared error of the probabilities a row: (n,); sum over classes, halved for two, mean over several labels."""
    if problem_type == "multi_label":
        return np.asarray(((probabilities - targets) ** 2).mean(axis=1))
    classes = probabilities.shape[1]
    total = ((probabilities - np.eye(classes)[targets]) ** 2).sum(axis=1)
    return np.asarray(total / 2 if classes <= 2 else total)
