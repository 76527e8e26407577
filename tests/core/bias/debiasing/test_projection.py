"""Projections by hand: a subspace of two pairs, P of oblique directions, and INLP that stops when nothing is left."""

from __future__ import annotations

import numpy as np
import pytest

from core.bias.debiasing.projection import inlp, subspace, without
from core.errors import Stopped


def test_the_subspace_of_two_pairs() -> None:
    """(±0.6, 0.8): the pair differs along the first axis alone."""
    basis, shares = subspace(np.array([[0.6, 0.8, 0.0]] * 2), np.array([[-0.6, 0.8, 0.0]] * 2), 1)
    assert np.abs(basis[:, 0]) == pytest.approx([1, 0, 0]) and shares[0] == pytest.approx(1)
    assert without(basis) == pytest.approx(np.diag([0.0, 1.0, 1.0]))


def test_p_is_symmetric_idempotent_and_takes_every_direction() -> None:
    directions = np.random.default_rng(0).normal(size=(6, 3))
    p = without(np.concatenate([directions, directions[:, :1] * 2], axis=1))  # one stands there twice
    assert p == pytest.approx(p.T) and p @ p == pytest.approx(p) and directions.T @ p == pytest.approx(np.zeros((3, 6)))
    assert np.trace(p) == pytest.approx(3)
    assert without(np.zeros((4, 1))) == pytest.approx(np.eye(4))


def data(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Two numbers of five tell the sides apart."""
    sides = np.arange(200) % 2 == 1
    rows = np.random.default_rng(seed).normal(size=(200, 5))
    rows[:, 0] += 6 * sides
    rows[:, 1] -= 6 * sides
    return rows, sides


def test_inlp_ends_at_the_majority_on_held_out_rows() -> None:
    found = inlp(*data(0), *data(1), most=5, margin=0.1)
    p = found.projection
    assert 1 <= found.rank <= 3 and found.accuracies[0] > 0.95 and found.accuracies[-1] <= 0.6
    assert len(found.accuracies) == found.rank + 1
    assert p == pytest.approx(p.T) and p @ p == pytest.approx(p) and np.trace(p) == pytest.approx(5 - found.rank)


def test_inlp_takes_nothing_where_there_is_nothing_and_never_more_than_asked() -> None:
    rows, sides = np.random.default_rng(0).normal(size=(60, 3)), np.arange(60) % 2 == 1
    assert inlp(rows, sides, np.zeros((60, 3)), sides, most=5, margin=0.0).rank == 0
    assert inlp(*data(0), *data(1), most=1, margin=0.0).rank == 1


def test_inlp_can_be_stopped() -> None:
    with pytest.raises(Stopped):
        inlp(*data(0), *data(1), most=5, margin=0.0, should_stop=lambda: "discard")
