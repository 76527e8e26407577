"""WEFAT's arithmetic: one word against A and B, and many words against a number each.

Source: Caliskan, Bryson and Narayanan 2017, Science 356:183: s(w, A, B) = (mean_a cos(w, a) - mean_b cos(w, b)) /
sd of cos(w, x) over A and B together (n - 1). Interval of a correlation: Fisher 1921, z = artanh r, sd 1/sqrt(n - 3).
"""

from __future__ import annotations

from math import atanh, sqrt, tanh

import numpy as np

from core.bias.associations.weat import SAME

NORMAL = 1.959963984540054  # 97.5 % of the standard normal lie below


def standardised(to_a: np.ndarray, to_b: np.ndarray) -> np.ndarray:
    """Of cosines (n, k) and (n, l): the standardised association (n,), NaN where a word's cosines are all equal."""
    every = np.concatenate([to_a, to_b], axis=1)
    varied = np.ptp(every, axis=1) > SAME
    spread = np.where(varied, every.std(axis=1, ddof=1), 1.0)
    return np.where(varied, (to_a.mean(axis=1) - to_b.mean(axis=1)) / spread, np.nan)


def pearson(x: np.ndarray, y: np.ndarray) -> float | None:
    """r of two rows of numbers (n,); None for fewer than three, or where one side does not vary."""
    if len(x) < 3 or np.ptp(x) <= SAME * max(1.0, float(np.abs(x).max())) or np.ptp(y) <= SAME:
        return None
    left, right = x - x.mean(), y - y.mean()
    return float(np.clip(left @ right / sqrt((left @ left) * (right @ right)), -1.0, 1.0))


def fisher(r: float, n: int) -> tuple[float, float] | tuple[None, None]:
    """The 95 % interval of r over n pairs; None for fewer than four."""
    if n < 4:
        return None, None
    if abs(r) >= 1 - SAME:
        return r, r
    width = NORMAL / sqrt(n - 3)
    return tanh(atanh(r) - width), tanh(atanh(r) + width)
