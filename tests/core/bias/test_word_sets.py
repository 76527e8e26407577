"""Word sets are cleaned aloud: what is dropped is said, what cannot be measured is refused with the words named."""

from __future__ import annotations

import pytest

from core.bias.word_sets import WordTest, checked
from core.errors import UserProblem


def test(targets: dict[str, list[str]], attributes: dict[str, list[str]] | None = None) -> WordTest:
    return WordTest.from_json({"name": "t", "targets": targets, "attributes": attributes or {}})


test.__test__ = False  # type: ignore[attr-defined]
FOUR = ["a", "b", "c", "d"]


def test_a_test_survives_json_and_knows_its_words() -> None:
    made = test({"X": ["rose", "ant"], "Y": ["ant2"]}, {"A": ["rose"]})
    assert WordTest.from_json(made.to_json()) == made
    assert made.words == ("rose", "ant", "ant2")
    assert made.kept(["ant", "rose"]).to_json()["targets"] == {"X": ["rose", "ant"], "Y": []}


def test_a_clean_test_stays_as_it_is() -> None:
    made = test({"X": FOUR, "Y": ["e", "f", "g", "h"]})
    assert checked(made, targets=(2,), attributes=(0,)) == (made, ())


def test_doubled_words_count_once_and_are_named() -> None:
    clean, notes = checked(test({"X": ["a", " a ", "b", "c", "d", ""]}))
    assert clean.targets[0].words == ("a", "b", "c", "d")
    assert notes == ("X: a stood there more than once and counts once.",)


@pytest.mark.parametrize(
    ("targets", "attributes", "sentence"),
    [
        ({"X": FOUR, "Y": ["a", "f"]}, {}, "a stands in both 'X' and 'Y'"),
        ({"X": FOUR}, {"A": ["p", "q"], "B": ["q", "p"]}, "p, q stand in both 'A' and 'B'"),
        ({"X": FOUR, "Y": [" "]}, {}, "The set 'Y' is empty"),
        ({}, {"A": FOUR}, "There are 0 target sets"),
    ],
)
def test_what_cannot_be_measured_is_refused(targets: dict, attributes: dict, sentence: str) -> None:
    with pytest.raises(UserProblem, match=sentence):
        checked(test(targets, attributes))


def test_the_wrong_number_of_sets_is_refused_with_the_right_one() -> None:
    with pytest.raises(UserProblem, match="There are 1 attribute sets. This measure takes 2."):
        checked(test({"X": FOUR}, {"A": FOUR}), targets=(1,), attributes=(2,))


def test_a_word_that_is_target_and_attribute_is_told_not_refused() -> None:
    _, notes = checked(test({"X": FOUR}, {"A": ["a", "q", "r", "s"]}))
    assert len(notes) == 1 and notes[0].startswith("a: target and attribute at once")


def test_unequal_and_tiny_sets_are_told() -> None:
    _, notes = checked(test({"X": FOUR, "Y": ["y"]}))
    assert "The targets differ in size (X 4, Y 1)" in notes[0]
    assert "Y has 1 word: too few" in notes[1]
