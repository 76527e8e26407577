"""Groups of words compared by their pieces: means, the share of whole words, and differences with their doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from core.bias.found import Chance
from core.bias.permutation.test import chance
from core.evaluation.intervals import Interval, percentile_interval, resamples

RESAMPLES = 2_000


@dataclass(frozen=True)
class Group:
    """A named group with the number of pieces (n,) of each of its words that reach the model."""

    name: str
    pieces: np.ndarray

    @property
    def mean(self) -> float:
        return float(self.pieces.mean())


@dataclass(frozen=True)
class Apart:
    """Two groups: mean(more) - mean(fewer) >= 0 with its bootstrap interval, and the two-sided permutation p."""

    more: Group
    fewer: Group
    difference: Interval
    chance: Chance


def pairs(groups: Sequence[Group], *, seed: int = 0) -> tuple[Apart, ...]:
    """All pairs of groups, the widest apart first."""
    found = [apart(*((one, other) if one.mean >= other.mean else (other, one)), seed=seed)
             for one, other in combinations(groups, 2)]  # fmt: skip
    return tuple(sorted(found, key=lambda each: -(each.difference.value or 0.0)))


def apart(more: Group, fewer: Group, *, seed: int = 0) -> Apart:
    """Words are resampled in each group by itself; p deals the words of both to groups of these sizes."""
    draws = _means(more.pieces, seed) - _means(fewer.pieces, seed + 1)
    values = np.concatenate([more.pieces, fewer.pieces]).astype(np.float64)
    p = chance(values, len(more.pieces), alternative="two-sided", unit="words")
    return Apart(more, fewer, percentile_interval(more.mean - fewer.mean, draws), p)


def _means(values: np.ndarray, seed: int) -> np.ndarray:
    """Means (RESAMPLES,) of resamples of values (n,)."""
    chunks = [weights @ values for weights in resamples(len(values), seed=seed, count=RESAMPLES)]
    return np.asarray(np.concatenate(chunks) / len(values))
