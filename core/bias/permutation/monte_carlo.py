"""Partitions dealt at random, for who asks for them by name: p = (1 + reached) / (1 + draws), with its interval.

The observed partition counts as one draw (Phipson and Smyth 2010), so that p is never below 1 / (draws + 1). The
interval of 95 % is Clopper and Pearson's (1934) over the draws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

CHUNK = 4_000_000  # random keys at a time
LEVEL = 0.95


@dataclass(frozen=True)
class Drawn:
    """p with its interval."""

    p: float
    low: float
    high: float


def drawn(reached: int, draws: int) -> Drawn:
    """p after `reached` of `draws` partitions were as far apart as the one seen."""
    tail = (1 - LEVEL) / 2
    low = float(beta.ppf(tail, reached, draws - reached + 1)) if reached else 0.0
    high = float(beta.ppf(1 - tail, reached + 1, draws - reached)) if reached < draws else 1.0
    p = (1 + reached) / (1 + draws)
    return Drawn(p, min(max(low, 1 / (draws + 1)), p), max(high, p))


def reached(
    values: np.ndarray, k: int, draws: int, seed: int, counts: Callable[[np.ndarray], np.ndarray],
    asked: Callable[[], object],
) -> int:  # fmt: skip
    """How many of `draws` choices of k of n rows, none twice in a draw, have sums that `counts` says yes to."""
    rng, found = np.random.default_rng(seed), 0
    size = max(1, CHUNK // len(values))
    for start in range(0, draws, size):
        asked()
        keys = rng.random((min(size, draws - start), len(values)))
        places = np.argpartition(keys, k - 1, axis=1)[:, :k]
        found += int(counts(values[places].sum(axis=1)).sum())
    return found
