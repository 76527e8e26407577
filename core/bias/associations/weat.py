"""WEAT's arithmetic: associations of words, two effect sizes with their bounds, and what lies behind them.

Source: Caliskan, Bryson and Narayanan 2017, Science 356:183, and its supplement.
s(w) = mean over a of cos(w, a) - mean over b of cos(w, b); d = (mean_X s - mean_Y s) / sd of s over X and Y together.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from core.bias.associations.unit import cosines

SAME = 1e-12  # associations that differ by less are equal: cosines are of order 1


def association(targets: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """s (n,) of target rows (n, d) with attribute rows (k, d) and (l, d)."""
    return np.asarray(cosines(targets, a).mean(axis=1) - cosines(targets, b).mean(axis=1))


def effect_size(s: np.ndarray, first: int, ddof: int = 1) -> float | None:
    """d of associations s (n,), the first `first` of which are X's; None where all are equal or one group is empty."""
    d = effect_sizes(s[None], first, ddof)[0]
    return float(d) if np.isfinite(d) else None


def effect_sizes(s: np.ndarray, first: int, ddof: int = 1) -> np.ndarray:
    """d (m,) of m times s (m, n); NaN where it is undefined."""
    if not 0 < first < s.shape[1] or s.shape[1] <= ddof:
        return np.full(len(s), np.nan)
    spread = s.std(axis=1, ddof=ddof)
    difference = s[:, :first].mean(axis=1) - s[:, first:].mean(axis=1)
    varied = np.ptp(s, axis=1) > SAME
    return np.where(varied, difference / np.where(varied, spread, 1.0), np.nan)


def bound(first: int, second: int, ddof: int = 1) -> float:
    """The most that |d| can be: reached where s is constant inside each group; 2 for equal groups and ddof 0."""
    total = first + second
    return sqrt(total * (total - ddof) / (first * second))


def within_groups(s: np.ndarray, first: int) -> float | None:
    """Cohen's d: the same difference in standard deviations inside the groups (pooled, n - 2); not bounded."""
    x, y = s[:first], s[first:]
    if len(s) < 3 or not len(x) or not len(y):
        return None
    spread = sqrt((((x - x.mean()) ** 2).sum() + ((y - y.mean()) ** 2).sum()) / (len(s) - 2))
    return float((x.mean() - y.mean()) / spread) if spread > SAME else None


def score(s: np.ndarray, first: int) -> float:
    """S, the sum of s over X less the sum over Y: grows with the number of words."""
    return float(s[:first].sum() - s[first:].sum())


def dealt(s: np.ndarray, first: int, seed: int, count: int) -> np.ndarray:
    """d (count,) of the same words dealt at random to groups of the same sizes."""
    order = np.random.default_rng(seed).random((count, len(s))).argsort(axis=1)
    return effect_sizes(s[order], first)
