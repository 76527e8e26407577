"""Choosing C on validation rows."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import Stopped
from core.progress import StopMode, silent
from core.training.strengths import Chosen, Rows, choose


def _rows(rows: int, seed: int, noise: float) -> Rows:
    rng = np.random.default_rng(seed)
    targets = rng.integers(0, 3, rows)
    return Rows(np.eye(3)[targets] + noise * rng.normal(size=(rows, 3)), targets)


def _chosen(noise: float, mode: StopMode | None = None) -> Chosen:
    return choose(
        _rows(60, 1, noise), _rows(400, 2, noise), 3, "single_label", (0.001, 0.01, 0.1, 1.0, 10.0, 100.0, 1000.0),
        weights=None, report=silent, should_stop=lambda: mode,
    )  # fmt: skip


def test_clear_rows_are_fitted_closer_than_noisy_ones() -> None:
    clear, noisy = _chosen(0.1), _chosen(2.0)
    assert clear.strength > 10 * noisy.strength


def test_the_chosen_is_the_least_loss_and_the_search_ends_two_later() -> None:
    found = _chosen(1.0)
    losses = [point["validation_loss"] for point in found.history]
    best = int(np.argmin(losses))
    assert found.history[best]["C"] == found.strength
    assert len(losses) == best + 3


def test_stops() -> None:
    with pytest.raises(Stopped):
        _chosen(1.0, "discard")
    kept = _chosen(1.0, "keep_best")
    assert kept.stopped_early and len(kept.history) == 1
