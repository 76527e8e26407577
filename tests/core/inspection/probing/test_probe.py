"""The probe is scikit-learn's logistic regression with the C that validation likes best."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.preprocessing import StandardScaler

from core.errors import Stopped
from core.inspection.probing.probe import GRID, fit_probe
from core.progress import never


def made(rows: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    targets = rng.integers(0, 3, rows)
    vectors = rng.normal(size=(rows, 12)).astype(np.float32) * np.linspace(0.1, 5, 12, dtype=np.float32)
    vectors[:, :3] += 0.12 * np.eye(3, dtype=np.float32)[targets]
    return vectors, targets


def test_it_answers_as_scikit_learn_does_with_the_same_c() -> None:
    (a, ya), (b, yb), (c, yc) = made(300, 0), made(100, 1), made(200, 2)
    found = fit_probe((a, b, c), (ya, yb, yc), 3, never)
    scaler = StandardScaler().fit(a)
    losses = {}
    for strength in GRID:
        model = LogisticRegression(C=strength, max_iter=2000, tol=1e-7).fit(scaler.transform(a), ya)
        losses[strength] = log_loss(yb, model.predict_proba(scaler.transform(b)))
    assert found.strength == min(losses, key=losses.__getitem__)
    model = LogisticRegression(C=found.strength, max_iter=2000, tol=1e-7).fit(scaler.transform(a), ya)
    assert (model.predict(scaler.transform(c)) == found.decided.predictions).mean() >= 0.99
    assert found.accuracy == pytest.approx(model.score(scaler.transform(b), yb), abs=0.021)


def test_a_dimension_that_never_varies_in_training_decides_nothing() -> None:
    (a, ya), (b, yb), (c, yc) = made(300, 0), made(100, 1), made(200, 2)
    a[:, 5], c[:, 5] = 1.0, 1e6
    odd = fit_probe((a, b, c), (ya, yb, yc), 3, never)
    c[:, 5] = 1.0
    assert np.array_equal(odd.decided.predictions, fit_probe((a, b, c), (ya, yb, yc), 3, never).decided.predictions)


def test_it_stops_when_asked() -> None:
    (a, ya), (b, yb), (c, yc) = made(300, 0), made(100, 1), made(200, 2)
    with pytest.raises(Stopped):
        fit_probe((a, b, c), (ya, yb, yc), 3, lambda: "keep_best")
