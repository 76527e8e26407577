"""Counts in the bundled model's pieces: by hand, over samples, and calibrated on real sets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.data import lengths
from core.data.columns import ColumnMapping, guess, guess_text
from core.data.draft import CheckOptions
from core.data.findings import tokens
from core.data.intake import Source, first_draft
from core.data.lengths import Yardstick
from core.data.preflight import check
from core.data.reading import parse
from core.errors import UserProblem


def test_counts_by_hand(tokenizer):
    """[CLS] i hate pizza ! [SEP]; pneumonoultra... falls to pieces; a lone emoji is unknown."""
    counted = Yardstick(tokenizer).count(["I hate pizza!", "pizzalicious", "\U0001fae5 ok", ""])
    assert counted[:, 0].tolist()[0] == 6 and counted[0].tolist()[1:] == [3.0, 0.0, 0.0]
    assert counted[1, 1:].tolist() == [1.0, 1.0, 0.0]
    assert counted[2].tolist() == [4.0, 2.0, 0.5, 1.0]
    assert counted[3].tolist() == [2.0, 0.0, 0.0, 0.0]


def test_pairs_are_counted_together(tokenizer):
    assert Yardstick(tokenizer).count(["I hate pizza\x1fSo do I"], paired=True)[0, 0] == 3 + 3 + 3


def test_counts_do_not_depend_on_the_batch(tokenizer):
    yard = Yardstick(tokenizer)
    texts = ["", "a", "unbelievably tokenizable", "\u6771\u4eac", "the end ."] * 3
    assert (yard.count(texts) == np.vstack([yard.count([text]) for text in texts])).all()


def test_the_histogram_holds_every_row(checked, two_classes, tokenizer):
    columns = {"text": [*two_classes["text"], "word " * 300], "label": [*two_classes["label"], "good"]}
    told = checked(columns, tokenizer=tokenizer, max_length=64).report
    assert told.lengths["longest"] == 302 and told.lengths["truncated"] == 1
    assert sum(one["count"] for one in told.lengths["bins"]) == 41 == told.lengths["measured"]
    assert told.lengths["bins"][-1]["to"] == 303
    assert told.finding("truncated_texts").samples[0]["tokens"] == 302


def test_without_a_tokenizer_words_are_counted_and_nothing_is_claimed(checked, two_classes):
    told = checked(two_classes).report.lengths
    assert (told["unit"], told["median"], told["truncated"]) == ("words", 4.0, 0)


def test_many_texts_are_measured_by_a_sample_and_this_is_said(checked, two_classes, tokenizer, monkeypatch):
    monkeypatch.setattr(lengths, "MEASURED", 10)
    told = checked(two_classes, tokenizer=tokenizer).report.lengths
    assert told["sampled"] and told["measured"] == 10 and told["distinct"] == 40


def test_a_broken_tokenizer_is_told(checked, two_classes, tmp_path):
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(UserProblem, match="cannot be read"):
        checked(two_classes, tokenizer=tmp_path / "tokenizer.json")


KNOWN = {
    "labelled/sst2/csv/train.csv": 0.003,
    "labelled/trec/csv/train.csv": 0.001,
    "labelled/banking77/train.csv": 0.0,
    "labelled/sms_spam/csv/sms.csv": 0.007,
    "labelled/goemotions/csv/dev.csv": 0.001,
    "labelled/amazon_counterfactual/EN_train.tsv": 0.0,
    "labelled/davidson_hate/labeled_data.csv": 0.022,  # the worst English set: slang, names, hash tags
    "messy/airline_Tweets.csv": 0.004,
    "messy/Restaurant_Reviews.tsv": 0.0,
}
HARDLY_KNOWN = {
    "labelled/amazon_counterfactual/DE_train.tsv": 0.818,
    "messy/10kGNAD_test.csv": 0.978,
    "labelled/amazon_counterfactual/JP_train.tsv": 0.924,
    "labelled/waimai_10k/waimai_10k.csv": 0.975,
    "messy/tokopedia_reviews.xlsx": 0.895,
}


@pytest.mark.real_data
@pytest.mark.parametrize(("name", "share"), [*KNOWN.items(), *HARDLY_KNOWN.items()])
def test_english_is_known_and_german_japanese_chinese_and_indonesian_are_not(
    shared_data, tmp_path, tokenizer, name, share
):
    """The shares that docs/preflight.md prints; the finding speaks from 5 % on."""
    table = tmp_path / "table.parquet"
    facts = parse(shared_data / name, table)
    mapping = guess(facts, table) or ColumnMapping(guess_text(facts, table), "id")
    draft = lengths.measure(first_draft([Source("train", table, facts, mapping)], CheckOptions()), tokenizer)
    assert tokens.hardly_known(draft).mean() == pytest.approx(share, abs=0.0006)
    found = next(check for check in tokens.CHECKS if check.key == "hardly_known_language").find(draft)
    assert (found is not None) == (name in HARDLY_KNOWN)
    if found:
        assert found.severity == "error"


@pytest.mark.real_data
def test_the_rows_in_another_language_can_be_left_out(shared_data: Path, tmp_path, table, tokenizer):
    """Three hundred English rows and sixty German ones: most of the German ones go, none of the English."""
    texts = {}
    for language, number in (("EN", 300), ("DE", 60)):
        facts = parse(shared_data / f"labelled/amazon_counterfactual/{language}_test.tsv", tmp_path / "t.parquet")
        texts[language] = (
            first_draft(
                [Source("train", tmp_path / "t.parquet", facts, guess(facts, tmp_path / "t.parquet"))], CheckOptions()
            )
            .frame[["text", "label"]]
            .head(number)
        )
    both = {name: [*texts["EN"][name], *texts["DE"][name]] for name in ("text", "label")}
    path, facts = table(both)
    options = CheckOptions(repairs=("drop_hardly_known",))
    report = check(
        path, facts, ColumnMapping("text", "label"), out=tmp_path / "o", options=options, tokenizer=tokenizer
    )
    found = report.finding("hardly_known_language")
    assert found.repair.applied and 45 <= found.count == report.rejected <= 60
    assert all(sample["line"] > 301 for sample in found.samples)
