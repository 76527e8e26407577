"""Rows are drawn with a seed, and whatever was done to them is told."""

from __future__ import annotations

import numpy as np
import pytest

from core.data.examples import Examples, LabelledData
from core.errors import UserProblem
from core.inspection.probing.drawn import draw


def rows(count: int, classes: int = 2, prefix: str = "text") -> Examples:
    targets = np.arange(count, dtype=np.int64) % classes
    return Examples(tuple(f"{prefix} {i}" for i in range(count)), targets, np.arange(count, dtype=np.int64))


def data(train: int = 60, validation: int = 20, test: int = 20, classes: int = 2) -> LabelledData:
    labels = tuple(f"label {i}" for i in range(classes))
    return LabelledData(labels, "single_label", *(rows(count, classes) for count in (train, validation, test)))


def test_small_data_are_taken_whole_and_nothing_is_told() -> None:
    found = draw(data())
    assert (len(found.train), len(found.validation), len(found.test)) == (60, 20, 20)
    assert found.notes == ()


def test_caps_are_kept_in_the_order_of_the_rows_and_told_with_the_seed() -> None:
    found = draw(data(train=300), train=100, seed=7)
    assert len(found.train) == 100
    assert (np.diff(found.train.row_ids) > 0).all()
    assert [found.train.texts[i] for i in (0, 99)] == [f"text {found.train.row_ids[i]}" for i in (0, 99)]
    assert found.notes == ("100 of 300 train rows were drawn (seed 7).",)
    assert np.array_equal(draw(data(train=300), train=100, seed=7).train.row_ids, found.train.row_ids)
    assert not np.array_equal(draw(data(train=300), train=100, seed=8).train.row_ids, found.train.row_ids)


def test_without_validation_rows_a_fifth_of_training_is_held_back_and_told() -> None:
    found = draw(data(validation=0))
    assert (len(found.train), len(found.validation)) == (48, 12)
    assert not set(found.train.row_ids) & set(found.validation.row_ids)
    assert "held back" in found.notes[0]


def test_a_label_without_training_rows_is_told_with_the_rows_it_costs() -> None:
    whole = data(classes=2)
    short = LabelledData(("label 0", "label 1", "rare"), "single_label", whole.train, whole.validation, rows(21, 3))
    assert "'rare'" in draw(short).notes[0] and "7 test rows" in draw(short).notes[0]


def test_what_allows_no_probe_is_told() -> None:
    with pytest.raises(UserProblem, match="no test rows"):
        draw(data(test=0))
    with pytest.raises(UserProblem, match="several labels"):
        draw(LabelledData(("a", "b"), "multi_label", rows(10), rows(10), rows(10)))
    with pytest.raises(UserProblem, match="At most 5 rows"):
        draw(data(), test=5)
    with pytest.raises(UserProblem, match="at least two labels"):
        draw(LabelledData(("only",), "single_label", rows(10, 1), rows(10, 1), rows(10, 1)))
