"""The bootstrap: what a resample is, and that the interval covers as often as it says."""

from __future__ import annotations

import numpy as np
import pytest

from core.evaluation.intervals import draw, exact_interval, percentile_interval, resamples, sums_by_cell


def test_a_resample_draws_as_many_rows_as_there_are() -> None:
    weights = np.concatenate(list(resamples(7, seed=3, count=50)))
    assert weights.shape == (50, 7)
    assert (weights.sum(axis=1) == 7).all()
    assert len({row.tobytes() for row in weights}) > 40


def test_chunks_cover_every_resample_when_rows_are_many() -> None:
    assert sum(len(part) for part in resamples(3_000_000, seed=0, count=3)) == 3


def test_sums_by_cell_by_hand() -> None:
    weights = np.array([[1, 2, 3, 4], [0, 1, 0, 1]], np.float32)
    assert sums_by_cell(weights, np.array([2, 0, 2, 0]), 4).tolist() == [[6, 0, 4, 0], [2, 0, 0, 0]]


@pytest.mark.parametrize("share", [0.6, 0.9])
def test_interval_of_accuracy_covers_the_truth_about_95_times_in_100(share: float) -> None:
    rng, covered, trials, rows = np.random.default_rng(0), 0, 400, 250
    for _ in range(trials):
        right = (rng.random(rows) < share).astype(np.float64)
        found = percentile_interval(right.mean(), draw(rng, 1000, rows) @ right / rows)
        assert found.low is not None and found.high is not None
        covered += found.low <= share <= found.high
    assert 0.91 <= covered / trials <= 0.985


def test_exact_interval_of_nothing_wrong_is_the_closed_form() -> None:
    found = exact_interval(10, 10)
    assert found.low == pytest.approx(0.025**0.1)
    assert found.high == 1.0
    nothing = exact_interval(0, 10)
    assert nothing.low == 0.0
    assert nothing.high == pytest.approx(1 - 0.025**0.1)
