"""The linear head: scikit-learn's solution, in every kind."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import check_grad
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from core.training.logistic import _Objective, _one_hot, fit


def _case(classes: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    targets = rng.integers(0, classes, 150)
    return rng.normal(size=(150, 5)) + 0.8 * np.eye(max(classes, 5))[targets, :5], targets


def test_three_classes_equal_scikit_learn() -> None:
    features, targets = _case(3)
    found = fit(features, targets, 3, "single_label", strength=0.7, tolerance=1e-8, max_steps=2000)
    theirs = LogisticRegression(C=0.7, tol=1e-10, max_iter=5000).fit(features, targets)
    assert np.allclose(found.weight, theirs.coef_, atol=2e-3)
    centred = found.bias - found.bias.mean()
    assert np.allclose(centred, theirs.intercept_ - theirs.intercept_.mean(), atol=2e-3)


def test_two_classes_equal_scikit_learn_at_half_its_penalty() -> None:
    """Two softmax rows v/2 and -v/2 pay |v|^2 / 2 where one row pays |v|^2: C = 0.5 here is C = 1 there."""
    features, targets = _case(2)
    found = fit(features, targets, 2, "single_label", strength=0.5, tolerance=1e-8, max_steps=2000)
    theirs = LogisticRegression(C=1.0, tol=1e-10, max_iter=5000).fit(features, targets)
    assert np.allclose(found.weight[1] - found.weight[0], theirs.coef_[0], atol=2e-3)


def test_several_labels_equal_one_scikit_learn_fit_each() -> None:
    features, targets = _case(4)
    several = np.stack([targets == 1, targets >= 2], axis=1).astype(np.float32)
    found = fit(features, several, 2, "multi_label", strength=0.3, tolerance=1e-8, max_steps=2000)
    for label in range(2):
        theirs = LogisticRegression(C=0.3, tol=1e-10, max_iter=5000).fit(features, several[:, label])
        assert np.allclose(found.weight[label], theirs.coef_[0], atol=2e-3)
        assert found.bias[label] == pytest.approx(theirs.intercept_[0], abs=2e-3)


def test_sparse_equals_dense() -> None:
    features, targets = _case(3)
    dense = fit(features, targets, 3, "single_label", strength=1.0)
    sparse = fit(csr_matrix(features), targets, 3, "single_label", strength=1.0)
    assert np.allclose(dense.weight, sparse.weight, atol=1e-6)
    assert np.allclose(dense.logits(features), sparse.logits(csr_matrix(features)), atol=1e-5)


@pytest.mark.parametrize("problem_type", ["single_label", "multi_label"])
def test_the_gradient_is_that_of_the_loss(problem_type: str) -> None:
    features, targets = _case(3)
    truth = _one_hot(targets, 3).astype(np.float64)
    weights = np.random.default_rng(0).random((150, 1))
    objective = _Objective(features, truth, weights, problem_type, 0.5)  # type: ignore[arg-type]
    start = np.random.default_rng(1).normal(size=18)
    assert check_grad(lambda x: objective(x)[0], lambda x: objective(x)[1], start) < 1e-5


def test_weights_are_repeats() -> None:
    features, targets = _case(3)
    times = np.random.default_rng(2).integers(1, 4, 150)
    weighed = fit(
        features, targets, 3, "single_label", strength=1.0, weights=times[:, None].astype(float), tolerance=1e-7
    )
    repeated = fit(
        np.repeat(features, times, axis=0), np.repeat(targets, times), 3, "single_label",
        strength=150 / times.sum(), tolerance=1e-7,
    )  # fmt: skip
    assert np.allclose(weighed.weight, repeated.weight, atol=5e-3)


def test_a_stop_keeps_what_there_is() -> None:
    features, targets = _case(3)
    asked = iter(range(100))

    def stop() -> None:
        if next(asked) >= 2:
            raise StopIteration

    found = fit(features, targets, 3, "single_label", strength=100.0, each_step=stop)
    assert found.steps <= 3
    assert np.isfinite(found.weight).all() and np.abs(found.weight).max() > 0
