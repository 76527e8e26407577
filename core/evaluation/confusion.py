"""Metrics that follow from counts alone: per class true positives, predicted rows and support.

Every function takes counts with any leading axes, so that one call serves one table or a thousand resamples. The
definitions are scikit-learn's (zero_division=0, averages over the classes that occur among targets or predictions).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Counts:
    """Counts a class: `hits` (true positives), `predicted`, `support`, each (..., C) float64."""

    hits: np.ndarray
    predicted: np.ndarray
    support: np.ndarray


def confusion_matrix(targets: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    """Count rows by (true class, predicted class): (C, C) int64; inputs (n,) int."""
    cells = np.bincount(targets * classes + predictions, minlength=classes * classes)
    return cells.reshape(classes, classes)


def ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Divide where there is something to divide by, else 0 (scikit-learn's zero_division=0)."""
    return np.asarray(np.divide(above, below, out=np.zeros(np.broadcast(above, below).shape), where=below > 0))


def precision(counts: Counts) -> np.ndarray:
    """Share of the rows predicted as a class that are of it: (..., C) in [0, 1]."""
    return ratio(counts.hits, counts.predicted)


def recall(counts: Counts) -> np.ndarray:
    """Share of a class's rows that were found: (..., C) in [0, 1]."""
    return ratio(counts.hits, counts.support)


def f1(counts: Counts) -> np.ndarray:
    """Harmonic mean of precision and recall: (..., C) in [0, 1]."""
    return ratio(2 * counts.hits, counts.predicted + counts.support)


def averages(counts: Counts, *, every_label: bool = False) -> dict[str, np.ndarray]:
    """Averages over classes by scikit-learn's names, each (...,) in [0, 1].

    Macro averages run over the classes that occur among targets or predictions, as scikit-learn's do for one label a
    row; with `every_label` over all of them, as it does for several labels a row.
    """
    occurs = np.ones_like(counts.support) if every_label else ((counts.support + counts.predicted) > 0).astype(float)
    f1s = f1(counts)
    return {
        "f1_macro": _mean(f1s, occurs),
        "precision_macro": _mean(precision(counts), occurs),
        "recall_macro": _mean(recall(counts), occurs),
        "f1_micro": ratio(2 * counts.hits.sum(-1), (counts.predicted + counts.support).sum(-1)),
        "f1_weighted": _mean(f1s, counts.support),
    }


def _mean(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return ratio((values * weights).sum(-1), weights.sum(-1))
