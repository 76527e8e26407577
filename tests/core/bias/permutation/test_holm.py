"""Holm's correction on numbers worked by hand."""

from __future__ import annotations

import pytest

from core.bias.permutation.holm import holm


def test_worked_by_hand() -> None:
    """0.01 x 4, 0.02 x 3, 0.03 x 2 (0.06 is no less than the one before), 0.5."""
    assert holm([0.5, 0.01, 0.03, 0.02]) == pytest.approx((0.5, 0.04, 0.06, 0.06))


def test_never_above_one_never_falling() -> None:
    assert holm([0.9, 0.8]) == (1.0, 1.0)
    assert holm([]) == () and holm([0.2]) == (0.2,)


def test_ties_are_treated_alike() -> None:
    assert holm([0.02, 0.02, 0.02]) == pytest.approx((0.06, 0.06, 0.06))
