"""Lists under measures that take another number of sets."""

from __future__ import annotations

from core.bias.fitting import fitted, unfit
from core.bias.word_sets import WordSet, WordTest

SETS = tuple(WordSet(name, (name.lower(),)) for name in "XYZAB")
THREE = WordTest("three", SETS[:3], SETS[3:])


def names(tests: tuple[WordTest, ...]) -> list[str]:
    return [one.name for one in tests]


def test_the_right_number_stays_as_it_is() -> None:
    assert fitted(THREE, (3,), (2,)) == (THREE,)
    assert fitted(THREE) == (THREE,)


def test_three_groups_are_measured_in_pairs() -> None:
    made = fitted(THREE, (2,), (2,))
    assert names(made) == ["three: X v Y", "three: X v Z", "three: Y v Z"]
    assert [[one.name for one in test.targets] for test in made] == [["X", "Y"], ["X", "Z"], ["Y", "Z"]]
    assert all(test.attributes == THREE.attributes for test in made)


def test_attributes_one_by_one_and_none_at_all() -> None:
    assert names(fitted(THREE, None, (1,))) == ["three: A", "three: B"]
    assert [one.attributes for one in fitted(THREE, None, ())] == [()]
    assert len(fitted(THREE, (2,), (1,))) == 6


def test_the_largest_number_that_fits_is_taken() -> None:
    assert names(fitted(THREE, (1, 2), (2,))) == names(fitted(THREE, (2,), (2,)))


def test_too_few_sets_say_so() -> None:
    assert fitted(THREE, (4,), (2,)) == ()
    assert unfit(THREE, (4,), (2,)) == "three has 3 target sets; this measure takes 4."
    one = WordTest("one", SETS[:1])
    assert unfit(one, (1, 2), (2,)) == "one has 0 attribute sets; this measure takes 2."
    assert unfit(WordTest("none", ()), None, None) == "none has 0 target sets; this measure takes at least 1."
    assert unfit(one, None, None) == ""


def test_a_long_row_of_numbers_is_told_by_its_ends() -> None:
    assert unfit(WordTest("one", SETS[:1]), (1,), tuple(range(1, 25))).endswith("this measure takes 1 to 24.")
