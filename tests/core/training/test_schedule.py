"""The learning rate's way up and down, by hand."""

from __future__ import annotations

import pytest

from core.training.schedule import rate_factor, warmup_steps


def test_ten_steps_with_two_of_warm_up_by_hand() -> None:
    factors = [rate_factor(step, 10, 2) for step in range(10)]
    assert factors == pytest.approx([1 / 3, 2 / 3, 8 / 8, 7 / 8, 6 / 8, 5 / 8, 4 / 8, 3 / 8, 2 / 8, 1 / 8])


@pytest.mark.parametrize(("steps", "share"), [(1, 0.1), (2, 0.9), (7, 0.0), (1000, 0.1)])
def test_factors_are_above_zero_and_at_most_one(steps: int, share: float) -> None:
    warmup = warmup_steps(share, steps)
    factors = [rate_factor(step, steps, warmup) for step in range(steps)]
    assert all(0 < factor <= 1 for factor in factors)


def test_no_share_means_no_warm_up() -> None:
    assert warmup_steps(0.0, 100) == 0
    assert warmup_steps(0.1, 3) == 1
