"""Each statistic on vectors whose cosines can be seen."""

from __future__ import annotations

import numpy as np
import pytest

from core.inspection.geometry.definitions import baseline, explainable_variance, intra_sentence, self_similarity
from core.inspection.similarity import unit


def test_the_baseline_takes_pairs_of_different_sentences_alone() -> None:
    vectors = np.array([[2.0, 0.0], [0.0, 3.0], [1.0, 0.0]])  # sentence 0 has the first two
    mean, largest, share = baseline(vectors, np.array([0, 0, 1]))
    assert mean == pytest.approx(0.5)  # cosines 1 (first, third) and 0 (second, third)
    assert (largest, share) == (0, pytest.approx(1.0))


def test_the_share_of_the_largest_dimension() -> None:
    vectors = np.array([[3.0, 4.0], [3.0, 4.0]])
    mean, largest, share = baseline(vectors, np.array([0, 1]))
    assert (mean, largest, share) == (pytest.approx(1.0), 1, pytest.approx(0.64))


def test_no_pair_has_no_baseline_and_no_share_where_it_is_not_above_zero() -> None:
    assert np.isnan(baseline(np.eye(2), np.array([0, 0]))[0])
    mean, _, share = baseline(np.array([[1.0, 0.0], [-1.0, 0.0]]), np.array([0, 1]))
    assert mean == pytest.approx(-1.0) and np.isnan(share)


def test_the_baseline_is_the_mean_of_all_cosines_one_by_one() -> None:
    random = np.random.default_rng(0)
    vectors, sentences = random.normal(size=(12, 5)) + 1, random.integers(0, 4, 12)
    units = unit(vectors)
    one_by_one = [units[i] @ units[j] for i in range(12) for j in range(12) if sentences[i] != sentences[j]]
    assert baseline(vectors, sentences)[0] == pytest.approx(float(np.mean(one_by_one)))


def test_self_similarity_by_hand() -> None:
    units = unit(np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]))  # cosines 0, .7071, .7071
    assert self_similarity(units.sum(axis=0), 3) == pytest.approx(2**0.5 / 3)
    assert self_similarity(np.array([5.0, 0.0]), 5) == pytest.approx(1.0)


def test_intra_sentence_similarity_by_hand() -> None:
    assert intra_sentence(np.array([[1.0, 0.0], [0.0, 1.0]])) == pytest.approx(0.5**0.5)
    assert intra_sentence(np.array([[3.0, 0.0], [0.0, 1.0]])) == pytest.approx((3 + 1) / 10**0.5 / 2)
    assert intra_sentence(np.ones((7, 4, 3))).tolist() == pytest.approx([1.0] * 7)  # a layer at a time


def test_explainable_variance_by_hand() -> None:
    assert explainable_variance(np.array([[3.0, 0.0], [0.0, 1.0]])) == pytest.approx(9 / 10)
    assert explainable_variance(np.ones((4, 3))) == pytest.approx(1.0)
    assert explainable_variance(np.eye(5)) == pytest.approx(1 / 5)
    assert np.isnan(explainable_variance(np.zeros((2, 2))))


def test_explainable_variance_is_that_of_singular_values() -> None:
    vectors = np.random.default_rng(1).normal(size=(9, 4)) + 2
    sizes = np.linalg.svd(vectors, compute_uv=False) ** 2
    assert explainable_variance(vectors) == pytest.approx(sizes[0] / sizes.sum())
    assert explainable_variance(vectors[:3]) != pytest.approx(sizes[0] / sizes.sum())
