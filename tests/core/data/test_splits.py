"""Dealing texts out to splits: shares, strata, promises and seeds, by hand and as properties."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.column_mapping import ColumnMapping
from core.data.splits import deal

BOTH = {"validation": 0.1, "test": 0.1}


def dealt(labels, shares=BOTH, seed=42, free=None):
    return deal(labels, np.ones(len(labels), dtype=bool) if free is None else np.array(free), shares, seed)


def test_shares_are_met_within_each_class():
    labels = [("a",)] * 100 + [("b",)] * 40
    splits = dealt(labels)
    assert Counter(splits[:100]) == {"train": 80, "validation": 10, "test": 10}
    assert Counter(splits[100:]) == {"train": 32, "validation": 4, "test": 4}


def test_three_texts_are_enough_for_three_splits_and_two_for_two():
    assert Counter(dealt([("a",)] * 3)) == {"train": 1, "validation": 1, "test": 1}
    assert Counter(dealt([("a",)] * 2, {"validation": 0.1})) == {"train": 1, "validation": 1}
    assert dealt([("a",)] * 2) == ["train", "train"]


def test_what_is_not_free_stays_in_training():
    splits = dealt([("a",)] * 20, free=[True] * 10 + [False] * 10)
    assert splits[10:] == ["train"] * 10 and Counter(splits[:10]) == {"train": 8, "validation": 1, "test": 1}


def test_a_seed_gives_one_deal_and_another_seed_another():
    labels = [("a",), ("b",)] * 50
    assert dealt(labels, seed=1) == dealt(labels, seed=1) != dealt(labels, seed=2)


def test_the_rarest_label_of_several_is_spread_first():
    labels = [("common", "rare")] * 10 + [("common",)] * 190
    splits = dealt(labels)
    assert Counter(splits[:10]) == {"train": 8, "validation": 1, "test": 1}
    assert Counter(splits) == {"train": 160, "validation": 20, "test": 20}


def test_texts_without_a_label_are_dealt_out_too():
    assert Counter(dealt([()] * 50)) == {"train": 40, "validation": 5, "test": 5}


@settings(max_examples=200, deadline=None)
@given(
    labels=st.lists(st.lists(st.sampled_from("abcde"), unique=True, max_size=3).map(tuple), max_size=80),
    validation=st.floats(0.05, 0.4),
    seed=st.integers(0, 3),
)
def test_every_text_has_a_split_and_labels_with_enough_texts_are_in_each(labels, validation, seed):
    shares = {"validation": validation, "test": 0.1}
    splits = dealt(labels, shares, seed)
    assert len(splits) == len(labels) and set(splits) <= {"train", "validation", "test"}
    for name in "abcde":
        places = [split for found, split in zip(labels, splits, strict=True) if found == (name,)]
        if len(places) >= 3 and all(found in ((), (name,)) or name not in found for found in labels):
            assert set(places) == {"train", "validation", "test"}


def test_many_labels_do_not_take_long_to_deal():
    """One label a text: quadratic dealing would take hours here."""
    assert set(dealt([(str(n),) for n in range(100_000)])) == {"train"}


@pytest.fixture
def columns(two_classes):
    return {"text": two_classes["text"], "label": two_classes["label"]}


def test_with_a_test_file_only_validation_is_split_off(checked, columns):
    test = {"text": ["new good", "new bad"], "label": ["good", "bad"]}
    found = checked(columns, test=test)
    assert found.report.splits == {"train": 36, "validation": 4, "test": 2}
    assert (found.rows[found.rows["split"] == "test"]["source"] == "test").all()


def test_the_users_splits_are_honoured_with_their_synonyms(checked, columns):
    names = ["Train", "training", "0", "0"] * 7 + ["dev", "VAL", "eval", "valid", "1", "1.0"] + ["test"] * 5 + ["2"]
    found = checked({**columns, "split": names}, ColumnMapping("text", "label", split="split"))
    assert found.report.splits == {"train": 28, "validation": 6, "test": 6}
    assert list(found.rows["split"][:28].unique()) == ["train"]


def test_what_the_user_did_not_split_off_is_split_off(checked, columns):
    names = ["train"] * 15 + ["test"] * 5 + ["train"] * 15 + ["test"] * 5
    found = checked({**columns, "split": names}, ColumnMapping("text", "label", split="split"))
    assert found.report.splits == {"train": 27, "validation": 3, "test": 10}
    assert (found.rows["split"] == "test").tolist() == [name == "test" for name in names]


def test_a_blank_cell_follows_its_text(checked, columns):
    texts = [*columns["text"], "GOOD  text number 0"]
    names = ["test", *["train"] * 19, *["validation"] * 2, "test", *["train"] * 17, ""]
    columns = {"text": texts, "label": [*columns["label"], "good"], "split": names}
    found = checked(columns, ColumnMapping("text", "label", split="split"))
    assert found.rows["split"].iloc[-1] == "test"
    assert found.report.finding("leaks") is None


def test_copies_travel_together(checked, columns):
    texts = [variant for text in columns["text"] for variant in (text, text.upper(), f"  {text} ")]
    found = checked({"text": texts, "label": [label for label in columns["label"] for _ in range(3)]})
    assert found.rows.groupby(found.rows["text"].str.strip().str.lower())["split"].nunique().max() == 1
    assert found.report.splits == {"train": 96, "validation": 12, "test": 12}


def test_pairs_are_compared_as_pairs(checked):
    texts = [f"question {n // 4}" for n in range(40)]
    pairs = [f"answer {n % 4}" for n in range(40)]
    found = checked(
        {"text": texts, "other": pairs, "label": ["yes", "no"] * 20}, ColumnMapping("text", "label", "other")
    )
    assert found.report.findings == () and found.report.splits == {"train": 32, "validation": 4, "test": 4}
    assert list(found.rows["text_pair"]) == pairs
