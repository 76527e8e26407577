"""Batches: every example once, inside the bound, alike in length and in size."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.pretraining.batch import collate, even_batches
from core.pretraining.example import sequences
from core.pretraining.masking import IGNORED, Masked
from core.pretraining.objective import SequencePair
from tests.core.pretraining.test_masking import KINDS


@given(st.lists(st.integers(3, 40), max_size=120), st.integers(10, 400), st.integers(0, 99))
def test_every_example_once_inside_the_bound(lengths: list[int], bound: int, seed: int) -> None:
    found = even_batches(np.array(lengths, dtype=np.int64), bound, np.random.default_rng(seed))
    assert sorted(int(row) for batch in found for row in batch) == list(range(len(lengths)))
    for batch in found:
        longest = max(lengths[row] for row in batch)
        assert len(batch) * longest <= bound or len(batch) == 1


def test_batches_are_even_and_hardly_padded() -> None:
    rng = np.random.default_rng(0)
    lengths = rng.integers(5, 129, 3000)
    found = even_batches(lengths, 4096, np.random.default_rng(1))
    sizes = np.array([lengths[batch].sum() for batch in found])
    padded = sum(len(batch) * lengths[batch].max() for batch in found)
    assert sizes.sum() / padded > 0.97 and sizes.sum() / len(found) > 0.93 * 4096
    few = even_batches(np.full(33, 128), 4096, rng)  # 32 fit: not 32 and 1
    assert sorted(map(len, few)) == [16, 17]


def test_examples_of_one_length_are_mixed_and_short_ones_come_in_between() -> None:
    found = even_batches(np.array([20] * 50 + [10] * 50), 200, np.random.default_rng(0))
    lengths = [20 if batch[0] < 50 else 10 for batch in found]
    assert lengths != sorted(lengths) and not all(np.array_equal(np.sort(batch), batch) for batch in found)


def test_by_hand_a_pair_and_a_shorter_one_are_padded() -> None:
    found = sequences([SequencePair([9, 8], [7], 1, 4), SequencePair([6], [5], 0, 2)], KINDS)
    assert found.ids.tolist() == [2, 9, 8, 3, 7, 3, 2, 6, 3, 5, 3]
    assert found.types.tolist() == [0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1] and found.documents.tolist() == [4, 2]
    labels = np.full(11, IGNORED, dtype=np.int32)
    labels[[1, 7]] = 9, 6
    batch = collate(found, Masked(found.ids, labels, np.zeros(11, np.int8)), np.array([1, 0]), 0)
    assert batch.input_ids.tolist() == [[2, 6, 3, 5, 3, 0], [2, 9, 8, 3, 7, 3]]
    assert batch.attention_mask is not None and batch.attention_mask.tolist() == [[1] * 5 + [0], [1] * 6]
    assert batch.token_type_ids.tolist() == [[0, 0, 0, 1, 1, 0], [0, 0, 0, 0, 1, 1]]
    assert batch.labels.tolist() == [[-100, 6, -100, -100, -100, -100], [-100, 9, -100, -100, -100, -100]]
    assert batch.pair_labels is not None and batch.pair_labels.tolist() == [0, 1] and batch.tokens == 11
