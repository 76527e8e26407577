"""Calibration error by hand."""

from __future__ import annotations

import numpy as np
import pytest

from core.evaluation.calibration_error import calibration


def test_two_bins_by_hand() -> None:
    """0.9 twice, right once; 0.3 once, right: |1.8 - 1| + |0.3 - 1| over 3 rows = 1.5 / 3."""
    found = calibration(np.array([0.9, 0.9, 0.3]), np.array([1.0, 0.0, 1.0]), bins=2)
    assert found.error == pytest.approx(0.5)
    assert [b.count for b in found.bins] == [1, 2]
    assert found.bins[1].confidence == pytest.approx(0.9)
    assert found.bins[1].accuracy == pytest.approx(0.5)


def test_certain_and_right_is_perfect_and_empty_bins_are_none() -> None:
    found = calibration(np.ones(5), np.ones(5))
    assert found.error == 0.0
    assert found.bins[0].confidence is None and found.bins[0].accuracy is None
    assert found.bins[-1].count == 5


def test_edges_belong_to_the_lower_bin() -> None:
    found = calibration(np.array([0.0, 0.5, 1.0]), np.zeros(3), bins=2)
    assert [b.count for b in found.bins] == [2, 1]
