"""The score interval of a share (Wilson 1927), which keeps its 95 % on few rows and near 0 and 1."""

from __future__ import annotations

from scipy.stats import norm

from core.errors import UserProblem
from core.evaluation.intervals import LEVEL, Interval


def wilson(hits: float, n: int, level: float = LEVEL) -> Interval:
    """The share hits / n and its bounds; `hits` may hold halves for ties."""
    if n < 1:
        raise UserProblem("There is nothing to count.", "At least one row was wanted.")
    share, z = hits / n, float(norm.ppf((1 + level) / 2))
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))
