"""Area under the ROC curve under weights."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from core.evaluation.intervals import resamples
from core.evaluation.ranking import roc_auc, roc_auc_interval


def test_ties_count_half() -> None:
    """Positives 0.5, 0.9; negatives 0.5, 0.1: of 4 pairs 3 are won and 1 is a tie."""
    scores, truth = np.array([0.5, 0.9, 0.5, 0.1]), np.array([True, True, False, False])
    assert roc_auc(scores, truth, np.ones((1, 4), np.float32))[0] == pytest.approx(3.5 / 4)


def test_weights_are_repeats() -> None:
    rng = np.random.default_rng(1)
    scores, truth = rng.random(30).round(1), rng.random(30) < 0.4
    weights = next(resamples(30, seed=2, count=5))
    for weight, area in zip(weights, roc_auc(scores, truth, weights), strict=True):
        repeat = weight.astype(int)
        assert area == pytest.approx(roc_auc_score(np.repeat(truth, repeat), np.repeat(scores, repeat)))


def test_too_much_to_resample_says_so() -> None:
    truth = np.eye(3, dtype=bool)[np.arange(30) % 3]
    found = roc_auc_interval(np.random.default_rng(0).random((30, 3)), truth, ("a", "b", "c"), iter(()), 10**9)
    assert found.value is not None and found.low is None and "No interval" in found.reason
