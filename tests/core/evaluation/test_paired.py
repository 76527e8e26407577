"""Paired comparison: hand-worked McNemar, honest verdicts, refusal of different rows."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import UserProblem
from core.evaluation.decisions import Decided
from core.evaluation.paired import Judged, compare, mcnemar


def _judged(name: str, predictions: np.ndarray, targets: np.ndarray, *, rows: str = "same") -> Judged:
    return Judged(name, rows, np.arange(len(targets)), Decided(targets, predictions, 2))


def test_mcnemar_by_hand() -> None:
    """5 rows only a has right, 1 only b: two-sided p = 2 * (C(6,0) + C(6,1)) / 2**6 = 14 / 64."""
    right_a = np.array([True] * 5 + [False] + [True] * 10)
    right_b = np.array([False] * 5 + [True] + [True] * 10)
    found = mcnemar(right_a, right_b)
    assert (found.only_a, found.only_b) == (5, 1)
    assert found.p == pytest.approx(14 / 64)


def test_equal_models_have_no_winner() -> None:
    targets = np.arange(50) % 2
    found = compare(_judged("a", targets, targets), _judged("b", targets, targets))
    assert found.winner == ""
    assert "cannot tell" in found.verdict
    assert found.mcnemar.p == 1.0
    assert found.differences["accuracy"].value == 0.0


def test_a_clear_winner_is_named_whichever_comes_first() -> None:
    targets = np.arange(200) % 2
    worse = np.where(np.arange(200) % 3 == 0, 1 - targets, targets)
    one, other = _judged("good", targets, targets), _judged("bad", worse, targets)
    assert compare(one, other).winner == "good"
    assert compare(other, one).winner == "good"
    assert compare(other, one).verdict.startswith("good is better than bad")


def test_winners_among_equals_are_as_rare_as_promised() -> None:
    rng = np.random.default_rng(7)
    crowned = 0
    for _ in range(120):
        targets = rng.integers(0, 2, 150)
        one, other = (np.where(rng.random(150) < 0.8, targets, 1 - targets) for _ in range(2))
        crowned += compare(_judged("a", one, targets), _judged("b", other, targets)).winner != ""
    assert crowned <= 14  # 5 % of 120 is 6; 14 is the 99.9th percentile of that binomial


def test_order_of_rows_does_not_matter() -> None:
    targets = np.arange(40) % 2
    guess = np.where(np.arange(40) < 10, 1 - targets, targets)
    turned = Judged("b", "same", np.arange(40)[::-1], Decided(targets[::-1], guess[::-1], 2))
    straight = _judged("b", guess, targets)
    base = _judged("a", targets, targets)
    assert compare(base, turned).differences == compare(base, straight).differences


def test_different_rows_are_refused() -> None:
    targets = np.array([0, 1])
    with pytest.raises(UserProblem, match="same rows"):
        compare(_judged("a", targets, targets), _judged("b", targets, targets, rows="other"))


def test_five_rows_of_difference_crown_nobody() -> None:
    """Five rows only a has right: the interval leaves zero out, but a fair coin falls so once in sixteen (p = 2/32)."""
    targets = np.arange(24) % 2
    worse = targets.copy()
    worse[:5] = 1 - worse[:5]
    found = compare(_judged("a", targets, targets), _judged("b", worse, targets))
    assert found.differences["f1_macro"].low is not None and found.differences["f1_macro"].low > 0
    assert found.mcnemar.p == pytest.approx(0.0625)
    assert found.winner == "" and "cannot tell" in found.verdict
