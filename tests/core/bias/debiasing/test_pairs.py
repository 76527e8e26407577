"""Definitional pairs: read off two sets in step, and what is no pair is said."""

from __future__ import annotations

import pytest

from core.bias.debiasing.pairs import pairs_of
from core.bias.word_sets import WordTest
from core.errors import UserProblem


def sets(first: list[str], second: list[str]) -> WordTest:
    return WordTest.from_json({"targets": {"men": first, "women": second}})


def test_pairs_in_step_also_where_a_word_stands_twice() -> None:
    found = pairs_of(sets(["he", "his", "his", "x", "he"], ["she", "her", "hers", "x", "she"]))
    assert found.pairs == (("he", "she"), ("his", "her"), ("his", "hers")) and found.sides == ("men", "women")
    assert found.notes == ("x / x: no pair of two words.",)


def test_a_pair_goes_whole_and_is_named() -> None:
    found = pairs_of(sets(["he", "king"], ["she", "queen"])).known({"he", "she", "king"})
    assert found.pairs == (("he", "she"),) and found.words == ("he", "she") and "king / queen" in found.notes[0]
    with pytest.raises(UserProblem, match="none of the pairs"):
        pairs_of(sets(["he"], ["she"])).known({"he"})


@pytest.mark.parametrize("given", [None, sets(["he"], ["she", "her"]), sets([], []), sets(["x"], ["x"])])
def test_what_is_no_list_of_pairs_is_refused(given: WordTest | None) -> None:
    with pytest.raises(UserProblem):
        pairs_of(given)
