"""A tail of the permutation distribution: how many partitions reach a sum, and bounds of their share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import comb

import numpy as np

from core.bias.permutation import enumeration, meet_in_the_middle
from core.bias.permutation.bracket import Bracket, bracket, hoeffding
from core.bias.permutation.swaps import swaps


@dataclass(frozen=True)
class Tail:
    """The partitions whose sum of k of `values` (n,) is `least` or above; values have mean 0, and k <= n - k."""

    values: np.ndarray
    k: int
    least: float

    @property
    def total(self) -> int:
        """C(n, k)."""
        return comb(len(self.values), self.k)

    @property
    def rest(self) -> Tail:
        """The partitions that do not reach it, as a tail of the values turned round."""
        return Tail(-self.values, self.k, float(np.nextafter(-self.least, np.inf)))

    def count(self, most: int, asked: Callable[[], object]) -> int | None:
        """How many there are; None where counting takes a list of more than `most` sums."""
        if self.least <= 0:  # the shorter side of the two has less to list
            others = meet_in_the_middle.count(swaps(*self.rest.parts), most, asked)
            return None if others is None else self.total - others
        return meet_in_the_middle.count(swaps(*self.parts), most, asked)

    def listed(self) -> int:
        """How many there are, one by one."""
        return enumeration.count(*self.parts)

    def bracket(self) -> Bracket:
        """Certain bounds of their share of all partitions."""
        if self.least <= 0:
            others = self.rest.bracket()
            return Bracket(1 - others.high, 1 - others.low)
        found = bracket(swaps(*self.parts))
        return Bracket(found.low, max(found.low, min(found.high, hoeffding(*self.parts))))

    @property
    def parts(self) -> tuple[np.ndarray, int, float]:
        return self.values, self.k, self.least
