"""Cutting a pair is what the reference's loop does, piece by piece."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.pretraining.segments import kept, target_length, truncated


def reference(a: list[int], b: list[int], most: int, rng: np.random.Generator) -> None:
    """truncate_seq_pair of google-research/bert, create_pretraining_data.py."""
    while len(a) + len(b) > most:
        longer = a if len(a) > len(b) else b
        if rng.random() < 0.5:
            del longer[0]
        else:
            longer.pop()


@given(st.integers(1, 60), st.integers(1, 60), st.integers(2, 60), st.integers(0, 100))
def test_as_many_pieces_are_left_as_by_the_reference(a: int, b: int, room: int, seed: int) -> None:
    first, second = list(range(a)), list(range(100, 100 + b))
    reference(first, second, room, np.random.default_rng(seed))
    ours = truncated(range(a), range(100, 100 + b), room, np.random.default_rng(seed))
    assert kept(a, b, room) == (len(first), len(second)) == tuple(map(len, ours))
    assert all(list(each) == list(range(each[0], each[0] + len(each))) for each in ours if len(each))


def test_the_front_loses_as_often_as_by_the_reference() -> None:
    rng = np.random.default_rng(0)
    ours = np.array([truncated(range(30), range(20), 40, rng)[0][0] for _ in range(3000)])
    theirs = []
    for _ in range(3000):
        a, b = list(range(30)), list(range(20))
        reference(a, b, 40, rng)
        theirs.append(a[0])
    assert abs(ours.mean() - 5) < 0.15 and abs(ours.std() - np.std(theirs)) < 0.1


def test_a_tenth_of_the_targets_is_shorter() -> None:
    rng = np.random.default_rng(0)
    drawn = np.array([target_length(100, 0.1, rng) for _ in range(20_000)])
    shorter = drawn[drawn < 100]
    assert abs(len(shorter) / len(drawn) - 0.1 * 98 / 99) < 0.008
    assert shorter.min() == 2 and abs(shorter.mean() - 50.5) < 3
    assert {target_length(100, 0.0, rng) for _ in range(50)} == {100}
