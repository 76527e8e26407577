"""A straight line through a few timed calls."""

from __future__ import annotations

import numpy as np
import pytest

from core.training.stopwatch import Line, line


def test_an_exact_line_is_found() -> None:
    found = line([100, 200, 400], [2.0, 3.0, 5.0])
    assert (found.fixed, found.each) == (pytest.approx(1.0), pytest.approx(0.01))
    assert found.seconds(np.array([300.0])) == pytest.approx([4.0])


def test_it_never_falls_and_never_starts_below_zero() -> None:
    assert line([100, 200], [3.0, 2.0]) == Line(2.5, 0.0)
    below = line([100, 200], [1.0, 3.0])
    assert below.fixed == 0 and below.each > 0


def test_one_call_is_all_in_its_size() -> None:
    assert line([50], [2.0]) == Line(0.0, pytest.approx(0.04))
