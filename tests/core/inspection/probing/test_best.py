"""Best layers are crowned only where the same resamples tell them apart."""

from __future__ import annotations

import numpy as np
import pytest

from core.evaluation.decisions import Decided
from core.inspection.probing.best import best_by, difference, draws_of, score_of
from core.inspection.probing.probe import Fitted

TARGETS = np.arange(200) % 2


def answered(wrong: int, first: int = 0) -> Decided:
    predictions = TARGETS.copy()
    predictions[first : first + wrong] = 1 - predictions[first : first + wrong]
    return Decided(TARGETS, predictions, 2)


def test_the_first_draw_is_the_value_itself() -> None:
    draws = draws_of(answered(50), 0)
    assert draws["accuracy"][0] == 0.75 and len(draws["accuracy"]) == 1001
    assert draws["f1_macro"][0] == pytest.approx(0.75)


def test_a_layer_differs_from_itself_by_nothing() -> None:
    draws = draws_of(answered(50), 0)["accuracy"]
    same = difference(draws, draws)
    assert (same.value, same.low, same.high) == (0, 0, 0)


def test_near_layers_are_alike_and_far_ones_are_not() -> None:
    layers = [answered(100), answered(42, 50), answered(40)]
    scores = [score_of(None, *[Fitted(answered(90), 1.0, 0.5, 0.5)] * 2, *[draws_of(answered(90), 0)] * 2)]
    for number, each in enumerate(layers):
        task, control = Fitted(each, 1.0, 0.9 - number / 10, 0.9), Fitted(answered(120), 0.1, 0.5, 0.5)
        scores.append(score_of(number, task, control, draws_of(each, 0), draws_of(answered(120), 0)))
    draws = [draws_of(each, 0) for each in layers]
    best = best_by("accuracy", scores, draws, draws_of(answered(90), 0), draws_of(answered(100), 0))
    assert (best.layer, best.alike, best.validated) == (2, (1,), 0)
    assert best.over_static.value == pytest.approx(0.25) and best.over_static.low > 0
    assert scores[3].selectivity.value == pytest.approx(0.8 - 0.4)
    assert scores[3].accuracy.low == pytest.approx(0.7389, abs=1e-3)  # Wilson, 160 of 200
