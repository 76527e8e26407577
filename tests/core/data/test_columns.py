"""Columns guessed from names and from content, on made tables and on every labelled real file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.data.columns import ColumnMapping, guess, guess_text
from core.data.reading import parse

TWENTY = [f"a rather different sentence number {n} about things" for n in range(20)]
HALVES = ["yes", "no"] * 10

REAL = {
    "labelled/sst2/csv/train.csv": ColumnMapping("text", "label"),
    "labelled/sst2/train.tsv": ColumnMapping("column_1", "column_2"),
    "labelled/sst5/csv/train.csv": ColumnMapping("text", "label"),
    "labelled/trec/csv/train.csv": ColumnMapping("text", "label"),
    "labelled/trec/csv/train_fine50.csv": ColumnMapping("text", "label"),
    "labelled/banking77/train.csv": ColumnMapping("text", "category"),
    "labelled/banking77/test.csv": ColumnMapping("text", "category"),
    "labelled/sms_spam/sms.tsv": ColumnMapping("column_2", "column_1"),
    "labelled/sms_spam/csv/test.csv": ColumnMapping("text", "label"),
    "labelled/goemotions/csv/test.csv": ColumnMapping("text", "labels", multi_label=True),
    "labelled/goemotions/test.tsv": ColumnMapping("column_1", "column_2", multi_label=True, label_separator=","),
    "labelled/amazon_counterfactual/EN_test.tsv": ColumnMapping("sentence", "is_counterfactual"),
    "labelled/amazon_counterfactual/DE_test.tsv": ColumnMapping("sentence", "is_counterfactual"),
    "labelled/amazon_counterfactual/JP_test.tsv": ColumnMapping("sentence", "is_counterfactual"),
    "labelled/davidson_hate/labeled_data.csv": ColumnMapping("tweet", "class"),
    "labelled/waimai_10k/waimai_10k.csv": ColumnMapping("review", "label"),
    "messy/kaggle_spam.csv": ColumnMapping("v2", "v1"),
    "messy/airline_Tweets.csv": ColumnMapping("text", "airline_sentiment"),
    "messy/Restaurant_Reviews.tsv": ColumnMapping("Review", "Liked"),
    "messy/10kGNAD_test.csv": ColumnMapping("column_2", "column_1"),
}


@pytest.mark.real_data
@pytest.mark.parametrize("name", REAL)
def test_real_files_are_mapped_as_a_person_would(shared_data: Path, tmp_path: Path, name: str):
    facts = parse(shared_data / name, tmp_path / "table.parquet")
    assert guess(facts, tmp_path / "table.parquet") == REAL[name]
    several = replace(REAL[name], multi_label=False, label_separator="|")
    assert replace(guess(facts), multi_label=False, label_separator="|") == several, (
        "the preview alone finds the columns"
    )


@pytest.mark.real_data
def test_one_column_for_each_label(shared_data: Path, tmp_path: Path):
    facts = parse(shared_data / "labelled/goemotions/csv/dev_onehot.csv", tmp_path / "table.parquet")
    found = guess(facts, tmp_path / "table.parquet")
    assert found == ColumnMapping("text", facts.columns[1:], multi_label=True)
    assert len(found.label) == 28 and found.several


@pytest.mark.real_data
def test_without_labels_the_text_is_still_found(shared_data: Path, tmp_path: Path):
    facts = parse(shared_data / "messy/tokopedia_reviews.xlsx", tmp_path / "table.parquet")
    assert guess(facts, tmp_path / "table.parquet") is None
    assert guess_text(facts, tmp_path / "table.parquet") == "message"


@pytest.mark.parametrize("text", ["Text", "sentence", "Review Text", "customerComment", "body", "Unnamed"])
@pytest.mark.parametrize("label", ["LABEL", "target", "category", "Topic", "user_intent", "Liked?"])
def test_names_and_synonyms(table, text, label):
    path, facts = table({"n": [str(n) for n in range(20)], label: HALVES, text: TWENTY})
    assert guess(facts, path) == ColumnMapping(text, label)


def test_optional_parts(table):
    path, facts = table(
        {
            "id": [f"r{n}" for n in range(20)],
            "text": TWENTY,
            "label": HALVES,
            "Split": ["train", "dev"] * 10,
            "group": ["a", "b"] * 10,
            "weight": ["1.5"] * 20,
        }
    )
    assert guess(facts, path) == ColumnMapping("text", "label", id="id", split="Split", group="group", weight="weight")


def test_a_column_called_split_that_holds_no_splits_is_left_alone(table):
    path, facts = table({"text": TWENTY, "label": HALVES, "split": ["pea", "lentil"] * 10})
    assert guess(facts, path) == ColumnMapping("text", "label")


def test_pairs_of_texts(table):
    others = [text + " or another" for text in TWENTY]
    path, facts = table({"premise": TWENTY, "hypothesis": others, "label": HALVES})
    assert guess(facts, path) == ColumnMapping("premise", "label", "hypothesis")


def test_cells_with_several_labels(table):
    path, facts = table({"text": TWENTY, "tags": ["red|blue", "red", "blue", "green|red"] * 5})
    assert guess(facts, path) == ColumnMapping("text", "tags", multi_label=True)
    path, facts = table({"text": TWENTY, "tags": ['["red", "blue"]', "[]"] * 10})
    assert guess(facts, path) == ColumnMapping("text", "tags", multi_label=True)


def test_a_comma_inside_one_label_is_no_list(table):
    path, facts = table({"text": TWENTY, "label": ["Sports, outdoor", "Books, used"] * 10})
    assert guess(facts, path) == ColumnMapping("text", "label")


def test_a_table_of_numbers_has_no_text(table):
    path, facts = table({"a": [str(n) for n in range(20)], "b": ["1", "2"] * 10})
    assert guess(facts, path) is None and guess_text(facts, path) is None


def test_mappings_survive_json():
    for mapping in (ColumnMapping("t", "l", id="i", multi_label=True), ColumnMapping("t", ("a", "b"), split="s")):
        assert ColumnMapping.from_json(mapping.to_json()) == mapping


def test_a_test_file_may_lack_optional_columns():
    mapping = ColumnMapping("t", "l", id="i", split="s")
    assert mapping.for_columns(("t", "l", "s")) == ColumnMapping("t", "l", split="s")
