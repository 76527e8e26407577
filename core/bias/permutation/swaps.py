"""The partitions that reach a sum, told as swaps from the best partition.

The k largest values have the largest sum there is. Every other choice of k swaps j of them for j of the rest, and each
swap costs: a value above the pivot that goes out costs its distance to the pivot, so does one below it that comes in.
A choice reaches a sum where its costs stay within `room`, so that only cheap subsets need looking at: few where p is
small.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, fsum

import numpy as np


@dataclass(frozen=True)
class Swaps:
    """Costs >= 0 of going `out` (k,) and of coming `into` (n - k,), each rising, and the `room` for both together."""

    out: np.ndarray
    into: np.ndarray
    room: float

    @property
    def total(self) -> int:
        """C(n, k), all partitions."""
        return comb(len(self.out) + len(self.into), len(self.out))

    def reserve(self, most: int) -> tuple[np.ndarray, np.ndarray]:
        """What j swaps cost at least on the way out and on the way in: two arrays (most + 1,)."""
        return _least(self.out, most), _least(self.into, most)

    @property
    def most(self) -> int:
        """The largest number of swaps that there is room for; -1 where not even the best partition reaches the sum."""
        shorter = min(len(self.out), len(self.into))
        out, into = self.reserve(shorter)
        return int(np.searchsorted(out + into, self.room, side="right")) - 1


def swaps(values: np.ndarray, k: int, least: float) -> Swaps:
    """The swaps that leave the sum of k out of `values` (n,) at `least` or above."""
    falling = np.sort(values)[::-1]
    pivot = (falling[k - 1] + falling[k]) / 2
    return Swaps((falling[:k] - pivot)[::-1].copy(), pivot - falling[k:], fsum(falling[:k]) - least)


def _least(rising: np.ndarray, most: int) -> np.ndarray:
    return np.concatenate([[0.0], np.cumsum(rising[:most])])
