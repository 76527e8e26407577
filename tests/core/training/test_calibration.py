"""Temperature, thresholds and the review limit, from validation rows."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core.inference.classifier import probabilities_of
from core.training.calibration import calibrate, log_loss, review_limit, temperature, thresholds


def _overconfident(heat: float, rows: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Logits `heat` times larger than the probabilities that the targets were drawn with."""
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(rows, 4)) * 2
    sure = probabilities_of(logits, "single_label").astype(np.float64)
    targets = (sure.cumsum(axis=1) < rng.random((rows, 1))).sum(axis=1).clip(0, 3)
    return logits * heat, targets


@pytest.mark.parametrize("heat", [0.5, 1.0, 3.0])
def test_the_temperature_that_was_put_in_is_found(heat: float) -> None:
    logits, targets = _overconfident(heat)
    assert temperature(logits, targets, "single_label") == pytest.approx(heat, rel=0.06)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("problem_type", ["single_label", "multi_label"])
def test_never_worse_in_log_loss(seed: int, problem_type: str) -> None:
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(40, 3)) * rng.uniform(0.1, 8)
    targets = rng.integers(0, 3, 40) if problem_type == "single_label" else (rng.random((40, 3)) < 0.3).astype(float)
    found = calibrate(logits, targets, problem_type)  # type: ignore[arg-type]
    assert found.log_loss_before is not None and found.log_loss_after is not None
    assert found.log_loss_after <= found.log_loss_before
    assert found.log_loss_after == pytest.approx(
        log_loss(logits, targets, problem_type, found.temperature)  # type: ignore[arg-type]
    )
    json.dumps(found.to_json(), allow_nan=False)


def test_review_limit_by_hand() -> None:
    """Right, right, wrong, right by falling score: with a third of errors allowed all four pass (1 of 4 wrong)."""
    scores = np.array([0.9, 0.8, 0.7, 0.6])
    right = np.array([True, True, False, True])
    assert review_limit(scores, right, 1 / 3) == (0.0, 0.0, 0.25)
    limit, share, error = review_limit(scores, right, 0.2)
    assert (limit, share, error) == (pytest.approx(0.75), 0.5, 0.0)


def test_review_limit_above_one_when_even_the_surest_are_wrong() -> None:
    assert review_limit(np.array([0.9, 0.8]), np.array([False, True]), 0.05) == (1.01, 1.0, 0.0)


def test_equal_scores_are_never_split() -> None:
    scores, right = np.array([0.9, 0.5, 0.5, 0.5]), np.array([True, True, False, False])
    limit, share, _ = review_limit(scores, right, 0.05)
    assert limit == pytest.approx(0.7)
    assert share == 0.75


def test_rows_above_the_limit_keep_the_promise() -> None:
    logits, targets = _overconfident(1.0)
    found = calibrate(logits, targets, "single_label", max_error=0.1)
    sure = probabilities_of(logits, "single_label", found.temperature)
    kept = sure.max(axis=1) >= found.review_below
    assert 0 < kept.mean() < 1
    assert (sure.argmax(axis=1) != targets)[kept].mean() <= 0.1
    assert found.review_share == pytest.approx(1 - kept.mean())


def test_thresholds_find_a_rare_labels_bar() -> None:
    """Yes rows score 0.3, no rows 0.1: a bar between them is perfect, 0.5 would never say yes."""
    targets = (np.arange(200) % 5 == 0).astype(float)[:, None]
    bars = thresholds(np.where(targets > 0, 0.3, 0.1), targets)
    assert 0.1 < bars[0] <= 0.3


def test_too_few_rows_calibrate_nothing_and_say_so() -> None:
    found = calibrate(np.zeros((3, 2)), np.array([0, 1, 0]), "single_label")
    assert found.temperature == 1.0
    assert "3 validation rows" in found.note
    assert calibrate(np.zeros((0, 2)), np.zeros((0, 2)), "multi_label").thresholds == (0.5, 0.5)
