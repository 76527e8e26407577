"""The random-effects mean of effect sizes (DerSimonian and Laird 1986), as Guo and Caliskan 2021 use it.

w = 1/V; Q = sum w ES^2 - (sum w ES)^2 / sum w; c = sum w - sum w^2 / sum w; tau^2 = max(0, (Q - (N - 1)) / c);
w* = 1/(V + tau^2); mean = sum w* ES / sum w*; standard error = (sum w*)^(-1/2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm


@dataclass(frozen=True)
class Pooled:
    """Mean, its standard error, tau (sd between studies) and Q of N effect sizes."""

    mean: float
    error: float
    tau: float
    q: float

    @property
    def z(self) -> float:
        """Mean over standard error."""
        return self.mean / self.error

    def p(self, sides: int) -> float:
        """p by the normal: upper tail (1) or both tails (2); 0 where it is smaller than a number can be."""
        return float(norm.sf(self.z) if sides == 1 else 2 * norm.sf(abs(self.z)))


def pooled(sizes: np.ndarray, variances: np.ndarray) -> Pooled:
    """The random-effects mean of effect sizes (N,) with variances (N,) > 0."""
    w = 1 / variances
    q = float((w * sizes**2).sum() - (w * sizes).sum() ** 2 / w.sum())
    c = float(w.sum() - (w**2).sum() / w.sum())
    between = max(0.0, (q - (len(sizes) - 1)) / c) if c > 0 else 0.0
    star = 1 / (variances + between)
    return Pooled(float((star * sizes).sum() / star.sum()), float(star.sum() ** -0.5), between**0.5, q)


def sampling_variance(sizes: np.ndarray, first: int, second: int) -> np.ndarray:
    """Large-sample variance (N,) of a standardised difference of groups of two sizes (Hedges and Olkin 1985)."""
    return np.asarray((first + second) / (first * second) + sizes**2 / (2 * (first + second)))
