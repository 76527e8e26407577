"""RIPA by hand, its two directions, pairs by position whatever is missing, and WEFE where WEFE is right."""

from __future__ import annotations

import numpy as np
import pytest

from core.bias.associations import ripa
from core.bias.associations.pairs import paired
from core.bias.audited import Audited
from core.bias.measures.ripa import EACH, OF_BERT
from core.bias.word_sets import WordSet
from tests.core.bias.golden.wefe_found import inputs, wefe
from tests.core.bias.measuring import measured, words

ROWS = {"he": [2.0, 1.0], "she": [0.0, 1.0], "man": [1.0, 2.0], "woman": [1.0, 1.0], "w": [5.0, 7.0], "v": [1.0, 0.0]}
TWO = words({"M": ["he", "man"], "F": ["she", "woman"]}, {"A": ["w"]})


def test_the_value_by_hand(table) -> None:
    """he - she = (2, 0), man - woman = (0, 1); w = (5, 7) gives 5 and 7 along each, 5 along the first component."""
    found = measured("ripa", table(ROWS), TWO)
    assert found.headline.value == pytest.approx(5.0)
    figures = {one.name: one.value for one in found.figures}
    assert figures["other_direction"] == pytest.approx(6.0)
    assert figures["shared"] == pytest.approx(4 / 5)
    assert measured("ripa", table(ROWS), TWO, direction=EACH).headline.value == pytest.approx(6.0)
    row = found.tables["words"].iloc[0]
    assert row["mean over pairs"] == pytest.approx(6.0)
    assert row["standard deviation over pairs"] == pytest.approx(np.sqrt(2))
    pairs = found.tables["pairs"]
    assert pairs["distance between the two"].tolist() == pytest.approx([2.0, 1.0])
    assert pairs["cosine with the common direction"].tolist() == pytest.approx([1.0, 0.0])
    assert pairs["headline without it"].tolist() == pytest.approx([7.0, 5.0])


def test_words_are_not_normalised(table) -> None:
    longer = {**ROWS, "w": [50.0, 70.0]}
    assert measured("ripa", table(longer), TWO).headline.value == pytest.approx(50.0)


def test_a_pair_goes_as_a_pair_when_one_of_its_words_is_missing(table) -> None:
    """The others keep their partners; pairing what is left by position would join he with woman."""
    rows = {word: row for word, row in ROWS.items() if word != "she"}
    found = measured("ripa", table(rows), TWO)
    assert found.headline.value == pytest.approx(7.0)
    assert found.headline.n == 1
    assert any("he – she" in note for note in found.warnings)
    assert found.lost == {"F": ("she",)}


def test_pairs_keep_their_place_when_a_side_repeats_a_word() -> None:
    known = {"he", "she", "her", "man", "woman"}
    found = paired(WordSet("M", ("he", "he", "man", "he")), WordSet("F", ("she", "her", "woman", "she")), known)
    assert found.kept == (("he", "she"), ("he", "her"), ("man", "woman"))
    assert "more than once" in found.notes[0]
    alone = paired(WordSet("M", ("he", "man")), WordSet("F", ("she",)), known)
    assert alone.kept == (("he", "she"),)
    assert "Without a partner" in alone.notes[0] and "man" in alone.notes[0]


def test_identical_words_of_a_pair_have_no_direction(table) -> None:
    found = measured("ripa", table({**ROWS, "man": [1.0, 1.0]}), TWO)
    assert found.headline.n == 1
    assert any("man – woman" in note for note in found.warnings)
    none = measured("ripa", table({**ROWS, "man": [1.0, 1.0], "he": [0.0, 1.0]}), TWO)
    assert none.headline.value is None
    assert "no direction" in none.headline.note


def test_pairs_that_cancel_have_no_sign(table) -> None:
    rows = {**ROWS, "man": [0.0, 1.0], "woman": [2.0, 1.0]}
    found = measured("ripa", table(rows), TWO)
    assert found.headline.value is None
    assert "opposite sides" in found.headline.note


def test_both_directions_agree_for_one_pair_and_scale_with_the_word() -> None:
    rng = np.random.default_rng(0)
    difference, word = rng.normal(size=(1, 5)), rng.normal(size=(3, 5))
    gram, products = difference @ difference.T, difference @ word.T
    assert ripa.along_principal(gram, products) == pytest.approx(ripa.along_each(gram, products)[0])
    assert ripa.shared(gram)[0] == pytest.approx(1.0)


def test_the_small_matrices_give_the_component_of_the_large_one() -> None:
    rng = np.random.default_rng(1)
    differences, rows = rng.normal(size=(6, 9)) + 1, rng.normal(size=(4, 9))
    direction = np.linalg.svd(differences)[2][0]
    direction = direction * np.sign(differences.mean(axis=0) @ direction)
    found = ripa.along_principal(differences @ differences.T, differences @ rows.T)
    assert found == pytest.approx(rows @ direction)


def test_leaving_all_pairs_in_is_the_headline() -> None:
    rng = np.random.default_rng(2)
    differences, rows = rng.normal(size=(5, 7)) + 1, rng.normal(size=(4, 7))
    gram, products = differences @ differences.T, differences @ rows.T
    for principal in (True, False):
        whole = ripa.resampled(gram, products, np.arange(5)[None, :], principal)
        each = ripa.along_principal(gram, products) if principal else ripa.along_each(gram, products).mean(axis=0)
        assert whole[0] == pytest.approx(each.mean())


def test_wefe_agrees_along_each_pair(table) -> None:
    found, golden = measured("ripa", table(wefe()["vectors"]), inputs(1), direction=EACH), wefe()["found"]["ripa"]
    assert found.headline.value == pytest.approx(golden["result"], abs=1e-6)
    rows = found.tables["words"].set_index("word")
    for word, said in golden["words"].items():
        assert rows.loc[word, "mean over pairs"] == pytest.approx(said["mean"], abs=1e-6)
        spread = rows.loc[word, "standard deviation over pairs"] * np.sqrt(5 / 6)  # WEFE divides by n
        assert spread == pytest.approx(said["std"], abs=1e-6)


def test_a_bert_gets_the_warning_that_the_reading_does_not_carry_over(bert: Audited) -> None:
    given = words({"M": ["he", "man", "boy"], "F": ["she", "woman", "girl"]}, {"A": ["nurse", "engineer"]})
    found = measured("ripa", bert, given)
    assert OF_BERT in found.warnings
    assert found.headline.value is not None
