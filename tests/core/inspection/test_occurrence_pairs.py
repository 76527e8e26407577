from __future__ import annotations

import numpy as np
import pytest

from core.inspection.anisotropy import Background
from core.inspection.occurrence_pairs import COLUMNS, among, pairs, rows
from core.inspection.similarity import LAST_FOUR

RANDOM = np.linspace(-1, 0.998, 1_000)  # 1,000 cosines in steps of .002
BACKGROUND = Background(
    (0, 1, LAST_FOUR), np.stack([RANDOM] * 3), np.zeros((3, 1_000)), np.zeros((3, 2)), np.ones((3, 2)), 9, 99
)


def test_percentile_and_rank_by_hand() -> None:
    percentile, rank = among(np.array([0.1, 0.2, 0.2, 0.4]), np.array([[0.0, 0.2], [0.3, 0.5]]))
    assert percentile.tolist() == [[0.0, 50.0], [75.0, 100.0]]  # ties count half
    assert rank.tolist() == [[5, 2], [2, 1]]


def test_a_pair_by_hand() -> None:
    states = np.zeros((2, 2, 2), dtype=np.float32)
    states[:, 1] = [[3, 4], [4, 3]]
    states[:, 0] = [1, 0]
    static = np.array([[1.0, 0.0], [1.0, 0.0]])
    found = pairs(states, static, BACKGROUND, 1)
    assert found.cosine[0, 1] == pytest.approx(0.96)
    assert found.baseline == pytest.approx(-0.001) and found.minus_baseline[0, 1] == pytest.approx(0.961)
    assert found.percentile[0, 1] == pytest.approx(98, abs=0.1) and found.rank[0, 1] in (20, 21)
    assert found.static.tolist() == [[1, 1], [1, 1]]
    ((first, second, cosine, *_, same),) = rows(found, ["1. a", "2. a"])
    assert (first, second, same) == ("1. a", "2. a", 1.0) and cosine == pytest.approx(0.96)
    assert len(COLUMNS) == 7
    assert pairs(states, static, BACKGROUND, 0).rank[0, 1] == 1
    assert pairs(states, static, BACKGROUND, LAST_FOUR).cosine[0, 1] == pytest.approx(0.96)


def test_rows_are_all_pairs_once_the_most_alike_first() -> None:
    states = np.random.default_rng(0).normal(size=(5, 2, 2)).astype(np.float32)
    listed = rows(pairs(states, states[:, 0], BACKGROUND, 1, standardised=True), list("abcde"))
    assert len(listed) == 10 and len({row[:2] for row in listed}) == 10
    assert [row[2] for row in listed] == sorted((row[2] for row in listed), reverse=True)
    assert rows(pairs(states[:1], states[:1, 0], BACKGROUND, 1), ["a"]) == []
