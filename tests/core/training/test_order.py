"""The order of rows: a pure function, complete, and with little padding."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.training.order import batches


@settings(max_examples=40, deadline=None)
@given(rows=st.integers(1, 300), size=st.integers(1, 40), seed=st.integers(0, 5), epoch=st.integers(0, 5))
def test_every_row_once_in_batches_of_the_size(rows: int, size: int, seed: int, epoch: int) -> None:
    lengths = np.random.default_rng(rows).integers(2, 60, rows)
    found = batches(lengths, size, seed=seed, epoch=epoch)
    assert sorted(np.concatenate(found).tolist()) == list(range(rows))
    assert all(len(batch) <= size for batch in found)
    assert len(found) == -(-rows // size)


def test_pure_in_seed_and_epoch() -> None:
    lengths = np.random.default_rng(0).integers(2, 60, 500)
    first, again = (batches(lengths, 16, seed=1, epoch=2) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    for seed, epoch in ((1, 3), (2, 2)):
        other = batches(lengths, 16, seed=seed, epoch=epoch)
        assert not all(np.array_equal(a, b) for a, b in zip(first, other, strict=True))


def test_padding_is_a_few_in_a_hundred() -> None:
    lengths = np.random.default_rng(0).integers(4, 60, 3200)
    padded = sum(len(batch) * lengths[batch].max() for batch in batches(lengths, 32, seed=0, epoch=0))
    assert padded / lengths.sum() < 1.05
