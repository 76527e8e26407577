"""Neighbours, their overlap and its chance level, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from core.inspection.before_after.neighbours import candidates, chance, count, nearest, overlap


def test_with_few_sentences_all_other_words_may_be_neighbours() -> None:
    rows = np.array([0, 0, 1])
    assert candidates(rows).tolist() == [[False, True, True], [True, False, True], [True, True, False]]


def test_with_five_sentences_only_words_of_others_may() -> None:
    rows = np.array([0, 0, 1, 2, 3, 4])
    allowed = candidates(rows)
    assert not allowed[0, 1] and allowed[0, 2:].all() and allowed.sum() == 4 + 4 + 5 * 4


def test_how_many_are_asked_for() -> None:
    assert count(candidates(np.zeros(3, np.int64))) == 1
    assert count(candidates(np.zeros(9, np.int64))) == 4
    assert count(candidates(np.zeros(100, np.int64))) == 10


def test_nearest_and_overlap_by_hand() -> None:
    """Four vectors in two opposite pairs: the other of the pair is nearest; then two of them swap places."""
    before = np.array([[1.0, 0.1], [1.0, -0.1], [-1.0, 0.1], [-1.0, -0.1]])
    after = before[[0, 2, 1, 3]]
    allowed = ~np.eye(4, dtype=bool)
    first, second = nearest(before, allowed, 1), nearest(after, allowed, 1)
    assert first[:, 0].tolist() == [1, 0, 3, 2] and second[:, 0].tolist() == [2, 3, 0, 1]
    assert overlap(first, second).tolist() == [0, 0, 0, 0] and overlap(first, first).tolist() == [1, 1, 1, 1]
    assert overlap(np.array([[1, 2]]), np.array([[3, 1]])).tolist() == [0.5]


def test_chance_is_what_random_neighbours_share() -> None:
    rows = np.arange(60)
    allowed = candidates(rows)
    rng = np.random.default_rng(0)
    drawn = [np.stack([rng.choice(np.flatnonzero(each), 6, replace=False) for each in allowed]) for _ in range(2)]
    assert chance(allowed, 6) == pytest.approx(6 / 59)
    assert overlap(*drawn).mean() == pytest.approx(6 / 59, abs=0.04)
