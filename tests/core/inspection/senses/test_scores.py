"""Scores of predictions worked by hand: ties are never right, intervals, macros, and comparison of pairs."""

from __future__ import annotations

import numpy as np
import pytest

from core.inspection.senses.scores import Score, against, most_frequent, score, scored
from core.inspection.senses.sheet import Labelled
from core.inspection.word_vectors import Occurrence

WHERE = Occurrence("x", 0, 1)


def rows(*senses: str, word: str = "w") -> list[Labelled]:
    return [Labelled(word, sense, WHERE) for sense in senses]


def test_a_tie_is_counted_and_never_right() -> None:
    found = score("v", "1-NN", rows("a", "a", "b", "b"), ["a", None, "a", "b"])
    assert (found.accuracy.value, found.tied, found.hits.tolist()) == (0.5, 1, [1, 0, 0, 1])
    assert found.f1 == pytest.approx((0.5 + 2 / 3) / 2)  # a: 1 of 2, told twice; b: 1 of 2, told once


def test_the_interval_is_wilsons() -> None:
    found = score("v", "1-NN", rows(*"aaaabbbb"), list("aaaabbbb"))
    assert (found.accuracy.low, found.accuracy.high) == (pytest.approx(0.6756, abs=1e-4), pytest.approx(1.0))


def test_words_count_alike_in_the_mean_over_words() -> None:
    both = [*rows("a", "a", "a", "b"), *rows("a", "b", word="other")]
    found = score("v", "1-NN", both, ["a", "a", "a", "b", "b", "a"])
    assert found.accuracy.value == pytest.approx(4 / 6) and found.by_word == 0.5


def test_the_most_frequent_sense_is_a_fixed_guess() -> None:
    found = most_frequent([*rows("a", "a", "b"), *rows("x", "y", word="other")])
    assert found.hits.tolist() == [1, 1, 0, 0.5, 0.5] and found.accuracy.value == pytest.approx(0.6)


def test_senses_compete_only_within_their_word() -> None:
    vectors = np.array(
        [[1, 0, 0], [1, 0.1, 0], [0, 1, 0], [0.1, 1, 0], [1, 0, 0.01], [1, 0, 0.02], [0, 0, 1], [0, 0, 1]]
    )
    found = scored("v", [*rows(*"aabb"), *rows(*"ccdd", word="other")], vectors)
    assert [one.accuracy.value for one in found if one.rule != "5-NN"] == [1.0, 1.0]


def made(hits: list[float]) -> Score:
    return Score("v", "1-NN", None, 0, 0.0, 0.0, (), np.array(hits))  # type: ignore[arg-type]


def test_few_rows_are_told_apart_only_where_a_sign_test_agrees() -> None:
    eight, seven = made([1.0] * 8), made([1.0] * 7 + [0.0])
    assert not against(eight, seven).apart
    assert against(eight, seven).difference.value == pytest.approx(-0.125)
    assert against(eight, made([0.0] * 8)).apart
    assert against(eight, made([0.5] * 8)).apart  # eight times better than a coin
    assert not against(made([1.0] * 5), made([0.0] * 5)).apart  # 2 / 2 ** 5 = .0625
