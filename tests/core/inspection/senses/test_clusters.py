"""Clusters of vectors that were made to have them, or to have none; purity by hand."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import UserProblem
from core.inspection.senses.clusters import agreement, cluster, purity


def groups(seed: int = 0, apart: float = 6.0) -> np.ndarray:
    random = np.random.default_rng(seed)
    middles = np.repeat(np.eye(8)[:2] * apart, 15, axis=0)
    return np.asarray(middles + random.normal(scale=0.3, size=middles.shape))


def test_two_groups_are_found_scored_and_better_than_one_blob() -> None:
    found = cluster(groups(), ["a"] * 15 + ["b"] * 15)
    two = found[1]
    assert (two.k, two.ari, two.v_measure, two.purity) == (2, 1.0, pytest.approx(1.0), 1.0)
    assert two.silhouette is not None and two.blob is not None and two.silhouette > two.blob + 0.1
    assert two.chance == pytest.approx(1 / 40)
    assert two.silhouette == max(one.silhouette for one in found[1:])


def test_one_blob_looks_like_one_blob() -> None:
    vectors = np.random.default_rng(3).normal(size=(40, 6)) + 4
    two = cluster(vectors, [""] * 40)[1]
    assert two.chance is not None and two.chance > 0.1


def test_one_group_is_always_offered_and_has_no_silhouette() -> None:
    first = cluster(groups(), [""] * 30)[0]
    assert first.k == 1 and not first.members.any()
    assert (first.silhouette, first.blob, first.ari, first.purity) == (None, None, None, None)


def test_equal_vectors_are_one_group() -> None:
    assert [one.k for one in cluster(np.ones((6, 4)), list("aabbcc"))] == [1]


def test_two_occurrences_are_the_least() -> None:
    assert [one.k for one in cluster(np.eye(2), ["", ""])] == [1]
    with pytest.raises(UserProblem, match="1 sentences"):
        cluster(np.eye(1), [""])


def test_the_same_seed_finds_the_same() -> None:
    vectors = np.random.default_rng(5).normal(size=(20, 4))
    first, again = (cluster(vectors, [""] * 20, blobs=False) for _ in range(2))
    assert all(np.array_equal(a.members, b.members) for a, b in zip(first, again, strict=True))
    assert first[3].members[0] == 0  # groups are numbered in order of appearance


def test_purity_by_hand() -> None:
    senses, members = np.array(list("aabbb")), np.array([0, 0, 0, 1, 1])
    assert purity(senses, members) == pytest.approx(4 / 5)
    assert agreement(np.array(list("aaa")), np.array([0, 0, 1])) == (None, None, None)
