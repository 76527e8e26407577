from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import PCA

from core.errors import UserProblem
from core.inspection.projection import pca, tsne
from core.inspection.similarity import unit


def clouds(n: int = 20, layers: int = 3, width: int = 16) -> np.ndarray:
    """Two groups that part with the layer."""
    random = np.random.default_rng(0)
    states = random.normal(scale=0.3, size=(n, layers, width)) + 3
    states[: n // 2, :, 0] += np.arange(layers)
    return states.astype(np.float32)


def test_one_fit_for_all_layers_and_layers_do_not_move_each_other() -> None:
    states = clouds()
    found = pca(states, range(3))
    rows = [unit(states[:, layer]) - unit(states[:, layer]).mean(axis=0) for layer in range(3)]
    fitted = PCA(2, svd_solver="full").fit(np.concatenate(rows))
    for each, centred in zip(found, rows, strict=True):
        wanted = centred @ fitted.components_.T
        assert np.abs(each.points) == pytest.approx(np.abs(wanted), abs=1e-6)
        assert each.explained == pytest.approx((wanted**2).sum() / (centred**2).sum())
    gaps = [abs(each.points[:10, 0].mean() - each.points[10:, 0].mean()) for each in found]
    assert gaps[0] < gaps[1] < gaps[2]


def test_two_dimensions_are_shown_wholly() -> None:
    states = np.random.default_rng(1).normal(size=(8, 1, 3)).astype(np.float32)
    states[..., 2] = 0
    (found,) = pca(states, [0])
    assert found.explained == pytest.approx(1) and found.trustworthiness == pytest.approx(1)


@pytest.mark.parametrize("n", [3, 4, 5, 6, 7])
def test_few_points_are_drawn_and_fewer_told(n: int) -> None:
    found = pca(clouds(n), range(3))
    assert all(each.points.shape == (n, 2) and each.neighbours < n / 2 for each in found)
    assert all(0 <= (each.trustworthiness or 0) <= 1 for each in found)
    if n >= 6:
        assert tsne(clouds(n)[:, 2]).points.shape == (n, 2)
    else:
        with pytest.raises(UserProblem, match=f"at least 6 occurrences with a vector; there are {n}"):
            tsne(clouds(n)[:, 2])


def test_two_points_and_too_many_are_told() -> None:
    with pytest.raises(UserProblem, match="at least 3"):
        pca(clouds(2), range(3))
    with pytest.raises(UserProblem, match="fewer than 500"):
        tsne(np.ones((500, 4)))


def test_one_and_the_same_vector_is_one_point() -> None:
    states = clouds()
    states[:, 0] = states[0, 0]
    first, second, _ = pca(states, range(3))
    assert first.trustworthiness is None and first.explained is None and not first.points.any()
    assert second.trustworthiness is not None
    assert tsne(states[:, 0]).trustworthiness is None
    assert pca(states[:, :1].repeat(2, axis=1), [0, 1])[1].trustworthiness is None


def test_pictures_come_out_the_same_twice_and_groups_stay_together() -> None:
    states = clouds()
    first, again = tsne(states[:, 2]), tsne(states[:, 2])
    assert (first.points == again.points).all() and first.explained is None
    assert first.trustworthiness is not None and first.trustworthiness > 0.7
    assert (pca(states, [2])[0].points == pca(states, [2])[0].points).all()
