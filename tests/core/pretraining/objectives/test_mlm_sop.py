"""Two neighbouring segments, half of them swapped."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.pretraining.objectives.mlm_sop import IN_ORDER, SWAPPED, build
from tests.core.pretraining.objectives.test_mlm_nsp import SENTENCES, Told, lists


def test_by_hand_in_order_swapped_and_a_last_sentence_alone() -> None:
    document = [[1, 2, 3], [4, 5], [6, 7, 8], [9]]  # a target of 8: three sentences, then the last with the one before
    rng: Any = Told([0.7, 0.2], [2, 3])
    found = [lists(pair) for pair in build([document], rng, 11, 0.0)]
    assert found == [([1, 2, 3, 4, 5], [6, 7, 8], IN_ORDER), ([9], [6, 7, 8], SWAPPED)]


def test_by_hand_a_document_of_one_sentence_is_cut_in_two() -> None:
    rng: Any = Told([0.7], [1])
    found = [lists(pair) for pair in build([[[1, 2, 3]], [[4]]], rng, 11, 0.0)]
    assert found == [([1], [2, 3], IN_ORDER)]


@pytest.mark.parametrize("short", [0.0, 0.1])
def test_half_are_swapped_and_the_two_are_neighbours(short: float) -> None:
    document = [[place] * 3 for place in range(20_000)]
    found = list(build([document], np.random.default_rng(0), 27, short))
    for pair in found:
        first, second = (pair.b, pair.a) if pair.label == SWAPPED else (pair.a, pair.b)
        assert second[0] == first[-1] + 1
    swapped = sum(pair.label == SWAPPED for pair in found)
    assert abs(swapped - len(found) / 2) < 2 * len(found) ** 0.5


@given(st.lists(SENTENCES, max_size=5), st.integers(5, 40), st.sampled_from([0.0, 0.1, 1.0]), st.integers(0, 99))
def test_pairs_fit_and_only_a_single_piece_gives_none(documents: Any, max_length: int, short: float, seed: int) -> None:
    found = list(build(documents, np.random.default_rng(seed), max_length, short))
    assert all(len(pair.a) >= 1 and len(pair.b) >= 1 for pair in found)
    assert all(len(pair.a) + len(pair.b) <= max_length - 3 for pair in found)
    long_enough = {place for place, each in enumerate(documents) if sum(map(len, each)) > 1}
    assert {pair.document for pair in found} == long_enough
