"""Words dealt with their sentences, against brute force."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from core.bias.permutation.grouped import group_chance
from core.bias.permutation.test import ALTERNATIVES, chance


def brute(values: np.ndarray, groups: np.ndarray, first: int, alternative: str) -> float:
    def difference(chosen: tuple[int, ...]) -> float:
        own = np.isin(groups, chosen)
        return float(values[own].mean() - values[~own].mean())

    seen, slack = difference(tuple(range(first))), 1e-11
    every = [difference(chosen) for chosen in combinations(range(int(groups.max()) + 1), first)]
    reached = {
        "greater": [one >= seen - slack for one in every],
        "less": [one <= seen + slack for one in every],
        "two-sided": [abs(one) >= abs(seen) - slack for one in every],
    }[alternative]
    return sum(reached) / len(every)


@pytest.mark.parametrize("alternative", ALTERNATIVES)
@pytest.mark.parametrize(("number", "first"), [(3, 1), (5, 2), (6, 4), (8, 4)])
@pytest.mark.parametrize("tied", [False, True])
def test_words_of_unequal_numbers_of_sentences(alternative: str, number: int, first: int, tied: bool) -> None:
    rng = np.random.default_rng(number)
    for _ in range(4):
        groups = np.repeat(np.arange(number), rng.integers(1, 5, size=number))
        values = rng.integers(-2, 3, size=len(groups)) / 10 if tied else rng.normal(size=len(groups))
        if np.ptp(values) == 0:
            continue
        found = group_chance(values, groups.tolist(), list(range(first)), alternative=alternative)
        assert found.p == brute(values, groups, first, alternative) and found.unit == "words"


def test_words_of_one_number_of_sentences_go_by_their_means() -> None:
    values = np.random.default_rng(2).normal(size=(10, 7))
    groups = [f"word {number}" for number in range(10) for _ in range(7)]
    found = group_chance(values.ravel(), groups, groups[:35:7])
    assert found.p == chance(values.mean(axis=1), 5).p


def test_the_order_of_sentences_is_irrelevant() -> None:
    rng = np.random.default_rng(5)
    groups = np.repeat(np.arange(8), rng.integers(2, 6, size=8))
    values, order = rng.normal(size=len(groups)), rng.permutation(len(groups))
    first = [0, 1, 2, 3]
    assert group_chance(values, groups.tolist(), first).p == group_chance(
        values[order], groups[order].tolist(), first
    ).p  # fmt: skip


def test_copies_are_no_evidence() -> None:
    """Ten copies of every sentence change nothing for words, and make p tiny for sentences."""
    words = np.array([2.0, 1.5, 0.1, 0.3, 0.2, -0.4])
    copies, groups = np.repeat(words, 10), np.repeat(np.arange(6), 10).tolist()
    assert group_chance(copies, groups, [0, 1, 2]).p == chance(words, 3).p == 3 / 20
    assert chance(copies, 30).p < 1e-6


def test_where_nothing_else_is_possible_deals_are_drawn_and_named() -> None:
    rng = np.random.default_rng(6)
    sizes = rng.integers(1, 400, size=60)
    groups = np.repeat(np.arange(60), sizes)
    found = group_chance(rng.normal(size=len(groups)), groups.tolist(), list(range(30)), draws=999)
    assert found.method.startswith("Monte Carlo") and not found.certain and found.low <= found.p <= found.high
