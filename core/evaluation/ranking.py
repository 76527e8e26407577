"""Area under the ROC curve: the chance that a row of a class is ranked above a row of another, ties half.

One class against the rest, macro average (scikit-learn's roc_auc_ovr; for two classes the plain roc_auc). A class
that has no row, or every row, has no curve: it is left out, and the reason says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from core.evaluation.intervals import Interval, percentile_interval

_BUDGET = 60_000_000
"""Rows x classes x resamples above which no interval is computed: about a second's work."""


def roc_auc(scores: np.ndarray, truth: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Area under the curve of scores (n,) against truth (n,) bool for each weighting (r, n): (r,), NaN undefined."""
    order = np.argsort(scores, kind="stable")
    _, starts = np.unique(scores[order], return_index=True)
    ordered = weights[:, order]
    positive = np.add.reduceat(ordered * truth[order], starts, axis=1, dtype=np.float64)
    negative = np.add.reduceat(ordered * ~truth[order], starts, axis=1, dtype=np.float64)
    below = np.cumsum(negative, axis=1) - negative / 2
    pairs = positive.sum(axis=1) * negative.sum(axis=1)
    wins = (positive * below).sum(axis=1)
    return np.asarray(np.divide(wins, pairs, out=np.full(len(weights), np.nan), where=pairs > 0))


def roc_auc_interval(
    probabilities: np.ndarray, truth: np.ndarray, labels: tuple[str, ...], weights: Iterator[np.ndarray], count: int
) -> Interval:
    """Macro roc_auc of probabilities (n, C) against truth (n, C) bool, with its bootstrap interval where affordable."""
    defined = [c for c in range(truth.shape[1]) if 0 < truth[:, c].sum() < len(truth)]
    if not defined:
        return Interval(
            None, reason="No label has both rows of it and rows of others, so there is no ranking to judge."
        )
    if truth.shape[1] == 2 and (truth.sum(axis=1) == 1).all():
        defined = [1]
    even = np.ones((1, len(truth)), np.float32)
    value = float(np.mean([roc_auc(probabilities[:, c], truth[:, c], even)[0] for c in defined]))
    reason = _left_out(labels, truth)
    if len(truth) * len(defined) * count > _BUDGET:
        return Interval(value, reason=f"{reason} No interval: too many rows and labels to resample.".strip())
    draws = np.fromiter(chain.from_iterable(_macro(probabilities, truth, defined, part) for part in weights), float)
    found = percentile_interval(value, draws[~np.isnan(draws)])
    return Interval(value, found.low, found.high, reason)


def _macro(probabilities: np.ndarray, truth: np.ndarray, defined: list[int], weights: np.ndarray) -> np.ndarray:
    areas = np.stack([roc_auc(probabilities[:, c], truth[:, c], weights) for c in defined])
    known = ~np.isnan(areas)
    total = np.where(known, areas, 0.0).sum(axis=0)
    mean = np.divide(total, known.sum(axis=0), out=np.full(len(weights), np.nan), where=known.any(axis=0))
    return np.asarray(mean)


def _left_out(labels: tuple[str, ...], truth: np.ndarray) -> str:
    missing = [labels[c] for c in range(truth.shape[1]) if not 0 < truth[:, c].sum() < len(truth)]
    if not missing:
        return ""
    shown = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
    return f"Without {shown}: the rows have none of it, or nothing else."
