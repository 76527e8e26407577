"""The permutation test between two groups: which way is taken to p, and what is said about it.

Null hypothesis: the labels X and Y are exchangeable. A partition deals n1 of the n values to X; every one of the
C(n, n1) partitions is equally likely. The statistic is mean(X) - mean(Y). The observed partition counts (>=), so p > 0.
"""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np

from core.bias.found import Chance

ALTERNATIVES = ("greater", "less", "two-sided")
TOLERANCE = 1e-12  # of the largest value: sums in another order differ in the last bit


def chance(
    values: np.ndarray, first: int, *, alternative: str = "greater", unit: str = "words", method: str = "auto",
    draws: int = 100_000, seed: int = 0,
) -> Chance:  # fmt: skip
    """p of the first `first` of `values` (n,) against the rest."""
    total = comb(len(values), first)
    sums = np.array([values[list(chosen)].sum() for chosen in combinations(range(len(values)), first)])
    seen, slack = values[:first].sum(), TOLERANCE * np.abs(values).max()
    p = float((sums >= seen - slack).sum()) / total
    return Chance(p, p, p, f"exact, all {total:,} partitions", alternative, unit, 1 / total)
