"""Bounds that are certain, however coarse."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from core.bias.permutation.bracket import bracket, hoeffding
from core.bias.permutation.meet_in_the_middle import count
from core.bias.permutation.swaps import swaps


@pytest.mark.parametrize("steps", [1, 10_000, 10_000_000])
@pytest.mark.parametrize("k", [1, 4, 6])
def test_bounds_hold_whatever_the_number_of_bins(steps: int, k: int) -> None:
    for seed in range(10):
        values = np.random.default_rng(seed).normal(size=12)
        asked = swaps(values, k, float(np.sort(values)[-k:].sum()) * 0.6)
        share = count(asked, 10**6, lambda: None) / asked.total  # type: ignore[operator]
        bounds = bracket(asked, steps)
        assert bounds.low <= share <= bounds.high
    assert bracket(asked, 10_000_000).high - bracket(asked, 10_000_000).low < 0.02


def test_a_sum_that_is_out_of_reach() -> None:
    out = swaps(np.arange(6.0), 3, 12.5)
    assert out.most == -1 and count(out, 10, lambda: None) == 0 and bracket(out).high == 0.0


def test_hoeffding_is_an_upper_bound() -> None:
    values = np.random.default_rng(3).normal(size=12)
    values -= values.mean()
    sums = np.array([values[list(chosen)].sum() for chosen in combinations(range(12), 5)])
    for least in np.linspace(0.1, sums.max(), 8):
        assert hoeffding(values, 5, float(least)) >= (sums >= least).mean()


def test_swaps_worked_by_hand() -> None:
    """Two of 5, 3, 2, 0: the best is 8, the pivot 2.5; out costs 0.5 and 2.5, in 0.5 and 2.5; reaching 5 leaves 3."""
    asked = swaps(np.array([0.0, 3.0, 5.0, 2.0]), 2, 5.0)
    assert asked.out.tolist() == [0.5, 2.5] and asked.into.tolist() == [0.5, 2.5] and asked.room == 3.0
    assert asked.total == 6 and count(asked, 100, lambda: None) == 4  # 5+3, 5+2, 5+0, 3+2


def test_no_list_is_longer_than_allowed() -> None:
    asked = swaps(np.random.default_rng(0).normal(size=30), 15, 0.0)
    assert count(asked, 1_000, lambda: None) is None and count(asked, 70_000, lambda: None) is not None
