"""Saved rows read back as the science takes them, and their hash."""

from __future__ import annotations

import numpy as np
import pytest

from core.data.column_mapping import ColumnMapping
from core.data.content_hash import content_hash
from core.data.dataset import read, read_rows
from core.errors import UserProblem


def test_single_labels(checked, two_classes):
    found = checked(two_classes)
    data = read(found.folder)
    assert data.labels == ("bad", "good") and data.problem_type == "single_label"
    assert (len(data.train), len(data.validation), len(data.test)) == (32, 4, 4)
    assert data.train.targets.dtype == np.int64 and data.train.pairs is None
    rows = found.rows.set_index("row_id")
    for examples in (data.train, data.validation, data.test):
        assert [rows.loc[at, "text"] for at in examples.row_ids] == list(examples.texts)
        assert [rows.loc[at, "label"] for at in examples.row_ids] == [data.labels[at] for at in examples.targets]


def test_several_labels(checked):
    columns = {"text": [f"t{n}" for n in range(30)], "label": ["b|a", "[]", "c"] * 10}
    found = checked(columns, ColumnMapping("text", "label", multi_label=True))
    assert content_hash(found.rows) == found.report.content_hash
    data = read(found.folder)
    assert data.problem_type == "multi_label" and data.labels == ("a", "b", "c")
    assert data.train.targets.dtype == np.float32
    wanted = {0: [1, 1, 0], 1: [0, 0, 0], 2: [0, 0, 1]}
    for at, row in zip(data.train.row_ids, data.train.targets, strict=True):
        assert row.tolist() == wanted[int(at) % 3]


def test_pairs_ids_groups_and_weights(checked):
    columns = {
        "a": [f"first {n}" for n in range(20)],
        "b": [f"second {n}" for n in range(20)],
        "y": ["0", "1"] * 10,
        "i": [f"id{n}" for n in range(20)],
        "g": ["m", "f"] * 10,
        "w": ["0.5"] * 20,
    }
    found = checked(columns, ColumnMapping("a", "y", "b", id="i", group="g", weight="w"))
    assert {"text_pair", "id", "group", "weight"} <= set(found.rows.columns)
    data = read(found.folder)
    assert data.train.pairs == tuple(text.replace("first", "second") for text in data.train.texts)
    assert found.rows["weight"].dtype == np.float64


def test_a_folder_without_a_data_set_is_told(tmp_path):
    with pytest.raises(UserProblem, match="no report.json|no rows.parquet"):
        read(tmp_path)


def test_the_hash_is_of_the_rows_and_their_splits(checked, two_classes):
    rows = checked(two_classes).rows
    known = content_hash(rows)
    assert len(known) == 64 and content_hash(rows.copy()) == known
    assert content_hash(rows.assign(line=rows["line"] + 5, source="test")) == known, "where a row stood does not matter"
    for column, value in (("text", "other"), ("label", "bad"), ("split", "test")):
        changed = rows.copy()
        changed.loc[0, column] = value
        assert (content_hash(changed) != known) == (rows.loc[0, column] != value)
    assert content_hash(rows.iloc[::-1]) != known


def test_the_hash_keeps_cells_apart(checked, two_classes):
    rows = checked(two_classes).rows.head(1)
    one, other = rows.assign(text='a","b', label="c"), rows.assign(text="a", label='b","c')
    assert content_hash(one) != content_hash(other)


def test_the_hash_has_not_changed_since_it_was_written_down(checked):
    """A stored hash must stay comparable for ever: a change here needs a new FORM."""
    columns = {
        "text": ["I hate pizza", "I love pizza"],
        "label": ["negative", "positive"],
        "split": ["train", "train"],
    }
    found = checked(columns, ColumnMapping("text", "label", split="split"), validation_share=0, test_share=0)
    assert found.report.content_hash == "a2cea7b8d91298eff6ba3fff5b29dd7a7a4ae30a6bab9f7fc7012aebd3044f7e"
    assert content_hash(read_rows(found.folder)) == found.report.content_hash
