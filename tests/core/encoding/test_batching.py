"""Batches hold every text once, keep the budget, and waste little."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.encoding.batching import collate, token_batches
from core.encoding.tokenizing import load_tokenizer, tokenize

LENGTHS = st.lists(st.integers(1, 128), max_size=300).map(lambda values: np.array(values, dtype=np.int32))


def test_batches_by_hand() -> None:
    batches = token_batches(np.array([3, 9, 2, 2, 3]), budget=9)
    assert [batch.tolist() for batch in batches] == [[2, 3, 0], [4], [1]]


@given(LENGTHS, st.integers(1, 400))
def test_every_text_once_within_the_budget_in_order_of_length(lengths: np.ndarray, budget: int) -> None:
    batches = token_batches(lengths, budget)
    rows = [int(row) for batch in batches for row in batch]
    assert sorted(rows) == list(range(len(lengths)))
    assert [int(lengths[row]) for row in rows] == sorted(lengths.tolist())
    assert all(len(batch) == 1 or len(batch) * lengths[batch].max() <= budget for batch in batches)


def test_little_is_padding() -> None:
    lengths = np.random.default_rng(0).gamma(3, 7, 5000).clip(3, 128).astype(np.int32)
    padded = sum(len(batch) * int(lengths[batch].max()) for batch in token_batches(lengths, 2048))
    assert padded <= 1.02 * lengths.sum()


def test_collate_pads_and_masks_only_where_lengths_differ(tiny: Path) -> None:
    pieces = tokenize(load_tokenizer(tiny), ["pizza", "good soup", "cold soup"], None, 16)
    batch = collate(pieces, np.array([0, 1]))
    assert batch["input_ids"].shape == (2, 4)
    assert batch["input_ids"][0, 3] == pieces.pad_id
    assert batch["attention_mask"].tolist() == [[1, 1, 1, 0], [1, 1, 1, 1]]
    assert set(collate(pieces, np.array([1, 2]))) == {"input_ids"}


def test_collate_gives_segments_of_pairs(tiny: Path) -> None:
    pieces = tokenize(load_tokenizer(tiny), ["pizza", "good soup"], ["cold", "good waiter"], 16)
    batch = collate(pieces, np.array([0, 1]))
    assert batch["token_type_ids"].tolist() == [[0, 0, 0, 1, 1, 0, 0], [0, 0, 0, 0, 1, 1, 1]]
