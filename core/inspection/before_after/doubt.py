"""How far a figure over words would move with other sentences: the delete-one-group jackknife.

Efron and Tibshirani 1993, chapter 11: leave one group of sentences out, again and again; the interval is the value and
1.96 standard errors on each side. A bootstrap would draw words twice, and doubled words raise CKA.
"""

from __future__ import annotations

import numpy as np

from core.evaluation.intervals import Interval

GROUPS = 20
Z = 1.96


def grouped(rows: np.ndarray) -> np.ndarray:
    """(n, G) float64 of 0 and 1: to which of at most 20 groups of whole sentences `rows` (n,) each word belongs."""
    sentences, place = np.unique(rows, return_inverse=True)
    groups = min(GROUPS, len(sentences))
    return np.eye(groups)[place * groups // len(sentences)]


def left_out_means(values: np.ndarray, member: np.ndarray) -> np.ndarray:
    """Means (G, P) of values (n, P) without each group of `member` (n, G)."""
    stays = 1 - member
    found: np.ndarray = (stays.T @ values) / np.maximum(stays.sum(axis=0), 1)[:, None]
    return found


def jackknife(values: np.ndarray, left_out: np.ndarray, *, low: float = 0.0, high: float = 1.0) -> tuple[Interval, ...]:
    """Intervals of values (P,) from the same without each group (G, P), cut at `low` and `high`.

    Without two groups, and where a figure is undefined, there are no bounds, and the reason is said.
    """
    count = len(left_out)
    if count < 2:
        return tuple(_without(value, "One sentence has no interval.") for value in values)
    errors = np.sqrt((count - 1) / count * ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0))
    return tuple(_interval(value, error, low, high) for value, error in zip(values, errors, strict=True))


def _interval(value: float, error: float, low: float, high: float) -> Interval:
    if not np.isfinite(value) or not np.isfinite(error):
        return _without(value, "Undefined for so few words.")
    return Interval(float(value), max(low, float(value - Z * error)), min(high, float(value + Z * error)))


def _without(value: float, reason: str) -> Interval:
    return Interval(float(value), reason=reason) if np.isfinite(value) else Interval(None, reason=reason)
