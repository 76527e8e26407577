"""Results in sentences: no more digits than count, and directions with the sets' own names."""

from __future__ import annotations

import pytest

from core.bias import told
from core.bias.found import Chance, Figure
from core.bias.measures import measure

INPUTS = {"words": {"targets": {"Men": [], "Women": []}, "attributes": {"Career": [], "Family": []}}}


@pytest.mark.parametrize(
    ("p", "said"), [(0.2426, "0.2426"), (0.00007770, "7.8e-05"), (1.45e-9, "1.4e-09"), (1.0, "1.0000")]
)
def test_p_has_the_digits_that_count(p: float, said: str) -> None:
    assert told.p_value(p) == said


def test_a_figure_without_a_value_says_why() -> None:
    assert told.figure(Figure("d", "d", None, note="All words are alike.")) == "All words are alike."
    assert told.figure(Figure("d", "d", 0.25, low=0.1, high=0.4)) == "0.250 [0.100, 0.400]"


def test_a_bracket_and_a_correction_are_told() -> None:
    one = Chance(0.02, 0.01, 0.03, "bracket", "greater", "words", 0.001, adjusted=0.2, battery=10)
    said = told.chance(one)
    assert "between 0.0100 and 0.0300" in said and "0.2000 after Holm over 10 tests" in said
    assert "the least possible is 0.0010" in said and "95 %" not in said


def test_the_direction_names_the_sets() -> None:
    weat = measure("weat")
    up, down = told.direction(weat, 0.4, INPUTS), told.direction(weat, -0.4, INPUTS)
    assert up != down and all(name in up and name in down for name in ("Men", "Women", "Career", "Family"))
    assert told.direction(weat, 0.0, INPUTS) == told.direction(weat, None, INPUTS) == ""
    assert "the first group" in told.direction(weat, 0.4, {"words": None})
