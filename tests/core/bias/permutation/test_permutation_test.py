"""p of two groups: every way against brute force, the properties that it has to have, and what is said about it."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest

from core.bias.permutation.test import ALTERNATIVES, chance
from core.errors import Stopped, UserProblem

SIZES = [(2, 1), (4, 2), (5, 1), (5, 4), (7, 3), (9, 6), (10, 5)]


def brute(values: np.ndarray, first: int, alternative: str, strict: bool = False) -> float:
    """Every partition by the difference of means, with its own tolerance."""
    n, slack = len(values), 1e-11 * np.abs(values).max() * (-1 if strict else 1)

    def difference(chosen: tuple[int, ...]) -> float:
        rest = [place for place in range(n) if place not in chosen]
        return float(values[list(chosen)].mean() - values[rest].mean())

    seen = difference(tuple(range(first)))
    every = [difference(chosen) for chosen in combinations(range(n), first)]
    reached = {
        "greater": [one >= seen - slack for one in every],
        "less": [one <= seen + slack for one in every],
        "two-sided": [abs(one) >= abs(seen) - slack for one in every],
    }[alternative]
    return float(sum(reached) / len(every))


def drawn(size: int, seed: int, tied: bool) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.integers(-2, 3, size=size) / 10 if tied else rng.normal(size=size)


@pytest.mark.parametrize("tied", [False, True])
@pytest.mark.parametrize(("size", "first"), SIZES)
@pytest.mark.parametrize("alternative", ALTERNATIVES)
@pytest.mark.parametrize("strict", [False, True])
def test_every_way_agrees_with_brute_force(size: int, first: int, alternative: str, strict: bool, tied: bool) -> None:
    for seed in range(2):
        values = drawn(size, seed, tied)
        if np.ptp(values) == 0:
            continue
        wanted = brute(values, first, alternative, strict)
        for method in ("auto", "exact", "enumeration"):
            assert chance(values, first, alternative=alternative, strict=strict, method=method).p == wanted
        bounds = chance(values, first, alternative=alternative, strict=strict, method="bracket")
        assert bounds.low <= wanted <= bounds.high


def test_worked_by_hand() -> None:
    """10 against 1, 2, 3: no other value reaches it, one of four. 3 and 4 against 1 and 2: one of six, two on both
    sides."""
    assert chance(np.array([10.0, 1, 2, 3]), 1).p == 1 / 4
    assert chance(np.array([3.0, 4, 1, 2]), 2).p == 1 / 6
    assert chance(np.array([3.0, 4, 1, 2]), 2, alternative="two-sided").p == 2 / 6
    assert chance(np.array([3.0, 4, 1, 2]), 2, alternative="less").p == 1.0
    assert chance(np.array([3.0, 4, 1, 2]), 2, strict=True).p == 0.0


def test_ties_count_whatever_the_last_bit_is() -> None:
    """0.1 + 0.2 + 0.3 in any order is one sum: 8 of 20 partitions tie, and of the other 12 half lie above."""
    values = np.array([0.1, 0.2, 0.3, 0.3, 0.2, 0.1])
    for method in ("exact", "enumeration", "bracket"):
        found = chance(values, 3, method=method)
        assert found.low <= 14 / 20 <= found.high
    assert chance(values, 3).p == 14 / 20 and chance(values, 3, strict=True).p == 6 / 20


def test_two_sided_goes_by_the_mean_difference_where_groups_differ_in_size() -> None:
    """1 of 4: means of the rest move too, so that -3 is as far out as nothing else is."""
    values = np.array([-3.0, 1.0, 1.0, 2.0])
    assert chance(values, 1, alternative="two-sided").p == 1 / 4
    assert chance(values, 1, alternative="two-sided").alternative == "two-sided, by |mean difference|"


@pytest.mark.parametrize("first", [3, 6, 9])
def test_exchanging_the_groups_turns_the_tails_round(first: int) -> None:
    values = drawn(12, first, tied=False)
    turned = np.concatenate([values[first:], values[:first]])
    assert chance(values, first).p == chance(turned, 12 - first, alternative="less").p
    two = [chance(values, first, alternative="two-sided").p, chance(turned, 12 - first, alternative="two-sided").p]
    assert two[0] == two[1]


def test_scale_shift_and_order_do_not_matter() -> None:
    values = drawn(16, 5, tied=False)
    wanted = chance(values, 8).p
    assert chance(values * 1e-6, 8).p == chance(values * 1e9, 8).p == chance(values + 3, 8).p == wanted
    assert chance(np.concatenate([values[:8][::-1], np.sort(values[8:])]), 8).p == wanted


def test_the_tails_cover_everything_and_the_seen_one_twice() -> None:
    values = drawn(14, 8, tied=False)
    right, left = chance(values, 7).p, chance(values, 7, alternative="less").p
    assert right + left == pytest.approx(1 + 1 / math.comb(14, 7), abs=1e-12)


def test_p_is_uniform_where_labels_mean_nothing() -> None:
    """Over 600 null tests of 6 v 6 the share with p <= k/924 stays within Kolmogorov's 1 % bound of k/924."""
    rng = np.random.default_rng(11)
    p = np.array([chance(rng.normal(size=12), 6).p for _ in range(600)])
    steps = np.arange(1, 925) / 924
    shares = (p[:, None] <= steps + 1e-12).mean(axis=0)
    assert np.abs(shares - steps).max() < 1.63 / math.sqrt(600)


@pytest.mark.parametrize(("first", "second"), [(25, 25), (4, 60), (10, 30), (32, 32)])
def test_bounds_hold_the_exact_p_and_are_narrow(first: int, second: int) -> None:
    rng = np.random.default_rng(first)
    values = rng.normal(size=first + second)
    values[:first] += 2.2
    exact, bounds = chance(values, first), chance(values, first, method="bracket")
    assert exact.method.startswith("exact") and bounds.method.startswith("certified bracket")
    assert bounds.low <= exact.p <= bounds.high
    assert bounds.high < 1.02 * bounds.low or exact.p < 20 * exact.smallest
    assert bounds.p == bounds.high  # never understated


@pytest.mark.parametrize(("size", "first"), [(200, 100), (700, 350), (3_000, 1_500), (3_000, 5)])
@pytest.mark.parametrize("shift", [0.0, 1.0])
def test_however_many_values_there_are_the_bounds_are_honest(size: int, first: int, shift: float) -> None:
    rng = np.random.default_rng(size)
    values = rng.normal(size=size)
    values[:first] += shift
    found = chance(values, first)
    dealt = chance(values, first, method="monte carlo", draws=2_000)
    assert 0 < found.low <= found.p <= found.high <= 1
    assert found.high >= dealt.low or dealt.p < 0.01
    assert found.low <= dealt.high


def test_p_is_never_zero_however_far_groups_lie_apart() -> None:
    values = np.concatenate([np.full(2_000, 50.0), np.zeros(2_000)]) + np.random.default_rng(1).normal(size=4_000)
    found = chance(values, 2_000)
    assert 0 < found.smallest <= found.low <= found.p <= found.high <= 1


def test_equal_values_give_one() -> None:
    assert chance(np.full(9, 0.3), 4).p == 1.0
    assert "equal" in chance(np.full(9, 0.3), 4).method
    assert chance(np.zeros(9), 4, alternative="two-sided").p == 1.0


def test_the_least_p_is_said() -> None:
    values = drawn(8, 1, tied=False)
    assert chance(values, 4).smallest == 1 / 70
    assert chance(values, 4, alternative="two-sided").smallest == 2 / 70
    assert chance(values, 3, alternative="two-sided").smallest == 1 / 56


def test_monte_carlo_is_seeded_has_an_interval_and_never_says_zero() -> None:
    values = np.concatenate([np.arange(20.0) + 100, np.arange(20.0)])
    found = chance(values, 20, method="monte carlo", draws=999, seed=3)
    assert found.p == found.smallest == 1 / 1_000 and not found.certain
    assert 0 < found.low <= found.p <= found.high
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 999), rel=1e-9)  # Clopper and Pearson with none reached
    middling = drawn(16, 2, tied=False)
    one, again = (chance(middling, 8, method="monte carlo", draws=5_000, seed=4) for _ in range(2))
    assert one == again and one.low <= chance(middling, 8).p <= one.high


def test_what_cannot_be_compared_is_said() -> None:
    for values, first in ((np.ones(3), 0), (np.ones(3), 3), (np.array([1.0, np.nan]), 1)):
        with pytest.raises(UserProblem):
            chance(values, first)
    with pytest.raises(UserProblem, match="alternative 'right'"):
        chance(np.arange(4.0), 2, alternative="right")
    with pytest.raises(UserProblem, match="way 'fast'"):
        chance(np.arange(4.0), 2, method="fast")


def test_counting_can_be_stopped() -> None:
    with pytest.raises(Stopped):
        chance(drawn(40, 1, tied=False), 20, method="exact", should_stop=lambda: True)
