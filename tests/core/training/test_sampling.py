"""A few rows that stand for all."""

from __future__ import annotations

from core.training.sampling import sample, sampled
from tests.core.training.food import examples, food


def test_few_rows_stay_as_they_are() -> None:
    rows = examples(10, 1)
    assert sample(rows, 10) is rows


def test_rows_are_spread_from_first_to_last_with_their_targets_and_pairs() -> None:
    rows = examples(100, 1, pairs=True)
    few = sample(rows, 5)
    assert few.row_ids.tolist() == [0, 24, 49, 74, 99]
    assert few.texts[2] == rows.texts[49]
    assert few.targets[3] == rows.targets[74]
    assert few.pairs is not None and len(few.pairs) == 5


def test_a_dataset_keeps_its_test_rows() -> None:
    data = food(100, 50)
    few = sampled(data, 20)
    assert (len(few.train), len(few.validation), len(few.test)) == (20, 5, 50)
