from __future__ import annotations

import numpy as np
import pytest

from core.errors import UserProblem
from core.inspection.similarity import (
    LAST_FOUR,
    Standard,
    at_layer,
    choices,
    cosines,
    mean_pairwise,
    named,
    paired_cosines,
    parse,
    unit,
)


def test_cosines_by_hand_and_zeros_stay_zero() -> None:
    vectors = np.array([[3.0, 4.0], [4.0, 3.0], [0.0, 0.0]], dtype=np.float32)
    assert unit(vectors).tolist() == [[0.6, 0.8], [0.8, 0.6], [0.0, 0.0]]
    assert cosines(vectors) == pytest.approx(np.array([[1, 0.96, 0], [0.96, 1, 0], [0, 0, 0]]))
    assert cosines(vectors, np.array([[-1.0, 0.0]])) == pytest.approx(np.array([[-0.6], [-0.8], [0.0]]))
    assert paired_cosines(vectors[:1], vectors[1:2]) == pytest.approx([0.96])


def test_the_last_four_are_the_outputs_of_the_last_four_blocks() -> None:
    states = np.arange(7, dtype=np.float32)[None, :, None] * np.ones((2, 7, 3), dtype=np.float32)
    assert at_layer(states, LAST_FOUR).tolist() == [[3 + 4 + 5 + 6] * 3] * 2
    assert at_layer(states, 2).tolist() == [[2] * 3] * 2
    assert at_layer(states[:, :3], LAST_FOUR).tolist() == [[1 + 2] * 3] * 2  # layer 0 is no block


def test_choices_are_named_and_read() -> None:
    assert choices(2) == (0, 1, 2, LAST_FOUR)
    assert (named(6, 6), named(LAST_FOUR, 6), named(0, 6)) == (
        "layer 6 (last)", "sum of layers 3 to 6", "layer 0 (embeddings with position)",
    )  # fmt: skip
    assert (parse("4", 6), parse("last_four", 6)) == (4, LAST_FOUR)
    for wrong in ("7", "-1", "", "last", "²"):
        with pytest.raises(UserProblem, match="There is no layer"):
            parse(wrong, 6)


def test_z_scores_by_hand_and_a_dimension_that_never_varies_gives_zero() -> None:
    standard = Standard.of(np.array([[0.0, 5.0], [2.0, 5.0]]))
    assert (standard.mean.tolist(), standard.deviation.tolist()) == ([1.0, 5.0], [1.0, 0.0])
    assert standard.score(np.array([[3.0, 9.0]])).tolist() == [[2.0, 0.0]]


def test_a_rogue_dimension_loses_its_weight() -> None:
    random = np.random.default_rng(0)
    vectors = random.normal(size=(200, 16))
    vectors[:, 0] += 40
    assert mean_pairwise(cosines(vectors)) > 0.9
    assert abs(mean_pairwise(cosines(Standard.of(vectors).score(vectors)))) < 0.02


def test_mean_pairwise_leaves_the_diagonal_out() -> None:
    assert mean_pairwise(np.array([[1.0, 0.5], [0.5, 1.0]])) == 0.5
    assert np.isnan(mean_pairwise(np.ones((1, 1))))
