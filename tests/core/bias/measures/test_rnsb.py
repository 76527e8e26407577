"""RNSB: the divergence by hand, seeds, order, weak classifiers, and WEFE without a hold-out."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from core.bias.associations import rnsb
from core.bias.measure import Measure
from core.bias.measures import measure
from core.errors import Stopped
from core.progress import silent
from tests.core.bias.golden.wefe_found import inputs, wefe
from tests.core.bias.measuring import measured, words

SIDES = {"Positive": [f"p{n}" for n in range(20)], "Negative": [f"n{n}" for n in range(20)]}
GROUPS = {"A": ["a0", "a1"], "B": ["b0", "b1"], "C": ["c0"]}


def rows(apart: float = 2.0) -> dict[str, list[float]]:
    """Sentiment along the first number; group A leans to the negative side."""
    rng, found = np.random.default_rng(4), {}
    for side, sign in (("Positive", -1.0), ("Negative", 1.0)):
        found |= {word: (rng.normal(size=6) + [sign * apart, 0, 0, 0, 0, 0]).tolist() for word in SIDES[side]}
    for group, lean in (("A", 1.0), ("B", 0.0), ("C", -1.0)):
        found |= {word: [lean, *rng.normal(size=5)] for word in GROUPS[group]}
    return found


def test_the_divergence_by_hand() -> None:
    assert rnsb.divergence(np.array([0.3, 0.3, 0.3])) == pytest.approx(0.0)
    assert rnsb.divergence(np.array([0.6, 0.2])) == pytest.approx(0.75 * log(1.5) + 0.25 * log(0.5))
    assert rnsb.divergence(np.array([0.9, 0.0, 0.0])) == pytest.approx(log(3))
    assert rnsb.divergence(np.zeros(3)) == 0.0


def test_a_group_that_leans_to_the_negative_side_is_seen(table) -> None:
    found = measured("rnsb", table(rows()), words(GROUPS, SIDES))
    assert found.headline.value is not None and found.headline.value > 0.1
    assert found.headline.low <= found.headline.value <= found.headline.high
    assert "one standard deviation over 20 splits" in found.headline.interval
    assert found.headline.most == pytest.approx(log(5))
    groups = found.tables["groups"].set_index("group")["mean P(negative)"]
    assert groups["A"] > groups["B"] > groups["C"]
    assert found.tables["words"]["share"].sum() == pytest.approx(1.0)


def test_one_seed_finds_one_value_and_another_seed_another(table) -> None:
    """WEFE splits without a seed, and keeps a seed that was given once for every later call."""
    audited, given = table(rows()), words(GROUPS, SIDES)
    values = [measured("rnsb", audited, given, seed=seed).headline.value for seed in (1, 1, 2, 1)]
    assert values[0] == values[1] == values[3] != values[2]


def test_a_classifier_that_knows_no_sentiment_gives_no_value(table) -> None:
    found = measured("rnsb", table(rows(apart=0.0)), words(GROUPS, SIDES))
    assert found.headline.value is None
    assert "held-out sentiment words" in found.headline.note
    accuracy = next(one for one in found.figures if one.name == "accuracy")
    assert accuracy.value is not None and accuracy.value < 0.8


def test_uneven_lists_are_balanced_and_scored_alike(table) -> None:
    fewer = {**SIDES, "Negative": SIDES["Negative"][:6]}
    found = measured("rnsb", table(rows()), words(GROUPS, fewer))
    assert found.headline.value is not None
    plain = measured("rnsb", table(rows()), words(GROUPS, fewer), balanced=False)
    assert plain.tables["groups"]["mean P(negative)"].mean() < found.tables["groups"]["mean P(negative)"].mean()


def test_identity_words_are_not_trained_on(table) -> None:
    sides = {**SIDES, "Negative": [*SIDES["Negative"], "a0"]}
    plain, both = (measured("rnsb", table(rows()), words(GROUPS, each)) for each in (SIDES, sides))
    assert both.headline.value == plain.headline.value
    assert any("were not trained on: a0" in note for note in both.warnings)


@pytest.mark.parametrize(
    ("groups", "sides", "said"),
    [
        ({"A": ["a0"]}, SIDES, "one identity word"),
        (GROUPS, {**SIDES, "Positive": ["p0", "p1"]}, "at least 5"),
    ],
)
def test_too_few_words_are_said(groups: dict, sides: dict, said: str, table) -> None:
    found = measured("rnsb", table(rows()), words(groups, sides))
    assert found.headline.value is None
    assert said in found.headline.note


def test_it_can_be_stopped(table) -> None:
    known: Measure = measure("rnsb")
    with pytest.raises(Stopped):
        known.compute(
            table(rows()), words(GROUPS, SIDES), known.config(), report=silent, should_stop=lambda: "discard"
        )  # fmt: skip


def test_wefe_agrees_without_a_hold_out(table) -> None:
    found = measured("rnsb", table(wefe()["vectors"]), inputs(2), balanced=False, least_accuracy=0.0)
    golden = wefe()["found"]["rnsb"]
    whole = next(one.value for one in found.figures if one.name == "whole")
    assert whole == pytest.approx(golden["result"], rel=1e-3)
    trained = found.tables["words"].set_index("word")["P(negative), trained on all"]
    for word, value in golden["words"].items():
        assert trained[word] == pytest.approx(value, abs=1e-3)
