"""What validation rows say about a trained scorer's logits: temperature, thresholds, and when to ask a person.

Temperature: Guo et al. 2017, section 4.2, one number found by bounded search on the negative log-likelihood, which is
convex in 1/t. Nothing here may see rows the scorer was fitted on, or test rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar

from core.data.examples import ProblemType
from core.evaluation.confusion import ratio
from core.evaluation.losses import log_loss_by_row
from core.inference.classifier import probabilities_of

MAX_ERROR = 0.05
FEWEST_ROWS = 30
FEWEST_OF_A_LABEL = 20
_RANGE = (0.2, 10.0)
_BARS = np.linspace(0.05, 0.95, 37)


@dataclass(frozen=True)
class Calibrated:
    """What a Classifier needs beside its scorer, and how it was found.

    Of `rows` validation rows the share `review_share` scores below `review_below`; of the others `review_error` is
    wrong. `note` says what could not be done, in words.
    """

    temperature: float
    thresholds: tuple[float, ...] | None
    review_below: float
    rows: int
    log_loss_before: float | None
    log_loss_after: float | None
    review_share: float | None
    review_error: float | None
    max_error: float
    note: str = ""

    def to_json(self) -> Mapping[str, Any]:
        return asdict(self)


def calibrate(
    logits: np.ndarray, targets: np.ndarray, problem_type: ProblemType, *, max_error: float = MAX_ERROR
) -> Calibrated:
    """Fit temperature, thresholds and the review limit to validation logits (n, C); n may be 0."""
    if len(targets) < FEWEST_ROWS:
        note = f"Only {len(targets)} validation rows: probabilities are not calibrated (at least {FEWEST_ROWS} needed)."
        bars = (0.5,) * logits.shape[1] if problem_type == "multi_label" else None
        return Calibrated(1.0, bars, 0.5, len(targets), None, None, None, None, max_error, note)
    heat = temperature(logits, targets, problem_type)
    sure = probabilities_of(logits, problem_type, heat)
    bars = thresholds(sure, targets) if problem_type == "multi_label" else None
    scores, right = _decided(sure, targets, bars)
    below, share, error = review_limit(scores, right, max_error)
    before, after = (log_loss(logits, targets, problem_type, value) for value in (1.0, heat))
    return Calibrated(
        heat, None if bars is None else tuple(map(float, bars)), below, len(targets), before, after, share, error,
        max_error,
    )  # fmt: skip


def log_loss(logits: np.ndarray, targets: np.ndarray, problem_type: ProblemType, heat: float) -> float:
    """Mean negative log-likelihood of targets under logits (n, C) divided by the temperature."""
    sure = probabilities_of(logits, problem_type, heat).astype(np.float64)
    return float(log_loss_by_row(sure, targets, problem_type).mean())


def temperature(logits: np.ndarray, targets: np.ndarray, problem_type: ProblemType) -> float:
    """Find the temperature in [0.2, 10] of least log loss; 1 unless another is better."""

    def loss(log_heat: float) -> float:
        return log_loss(logits, targets, problem_type, float(np.exp(log_heat)))

    found = minimize_scalar(loss, bounds=np.log(_RANGE), method="bounded", options={"xatol": 1e-3})
    return float(np.exp(found.x)) if found.fun < loss(0.0) else 1.0


def thresholds(sure: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Choose for each label the bar of best F1 (C,); labels with few rows share the bar of best F1 over all."""
    hits = np.stack([((sure >= bar) & (targets > 0.5)).sum(axis=0) for bar in _BARS])
    made = np.stack([(sure >= bar).sum(axis=0) for bar in _BARS])
    support = (targets > 0.5).sum(axis=0)
    shared = _BARS[ratio(2 * hits.sum(axis=1), made.sum(axis=1) + support.sum()).argmax()]
    own = _BARS[ratio(2 * hits, made + support).argmax(axis=0)]
    return np.asarray(np.where(support >= FEWEST_OF_A_LABEL, own, shared))


def review_limit(scores: np.ndarray, right: np.ndarray, max_error: float) -> tuple[float, float, float]:
    """Find the lowest limit above which at most `max_error` of rows is wrong: (limit, share below, error above).

    The limit is 0 where no row needs review, and above 1 where even the surest rows are wrong too often.
    """
    order = np.argsort(-scores, kind="stable")
    wrong = np.cumsum(~right[order]) / np.arange(1, len(scores) + 1)
    whole = np.append(scores[order][1:] < scores[order][:-1], True)
    good = np.flatnonzero((wrong <= max_error) & whole)
    if not len(good):
        return 1.01, 1.0, 0.0
    last = int(good[-1])
    kept = last + 1
    limit = 0.0 if kept == len(scores) else float((scores[order][last] + scores[order][kept]) / 2)
    return limit, 1 - kept / len(scores), float(wrong[last])


def _decided(sure: np.ndarray, targets: np.ndarray, bars: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """Scores (n,) as Predictions.scores gives them, and whether the row is right (n,) bool."""
    if bars is None:
        return sure.max(axis=1), sure.argmax(axis=1) == targets
    chosen = sure >= bars
    return np.where(chosen, sure, 1 - sure).min(axis=1), (chosen == (targets > 0.5)).all(axis=1)
