"""Everything that is said about one model on one set of labelled rows.

Metric names are scikit-learn's (f1_macro, accuracy, roc_auc_ovr, log_loss, ...) and so are their values. Each carries
a percentile bootstrap interval over the rows; what is undefined is None with a reason, never NaN.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from core.data.examples import ProblemType
from core.evaluation.baselines import majority_scores
from core.evaluation.calibration_error import Calibration, calibration
from core.evaluation.confusion import averages, f1, precision, recall
from core.evaluation.decisions import Decided, decide
from core.evaluation.identity import VERSION
from core.evaluation.intervals import RESAMPLES, Interval, exact_interval, percentile_interval, resamples
from core.evaluation.losses import brier_by_row, log_loss_by_row
from core.evaluation.ranking import roc_auc_interval

HEADLINE = "f1_macro"
MOST_WRONG = 200


@dataclass(frozen=True)
class ClassScore:
    """One class: precision, recall and F1 in [0, 1], None exactly where nothing can be divided, with the reason."""

    label: str
    precision: float | None
    recall: float | None
    f1: float | None
    support: int
    predicted: int
    reason: str = ""


@dataclass(frozen=True)
class Evaluation:
    """Scores of n rows; `most_wrong` are the ids of wrong rows, the most confident first."""

    rows: int
    labels: tuple[str, ...]
    problem_type: ProblemType
    metrics: Mapping[str, Interval]
    per_class: tuple[ClassScore, ...]
    confusion: np.ndarray
    calibration: Calibration
    most_wrong: tuple[int, ...]
    majority: Mapping[str, Any]
    thresholds: tuple[float, ...] | None
    seed: int
    version: int = VERSION

    def metrics_json(self) -> dict[str, dict[str, Any]]:
        """Give the metrics as {name: {"value", "low", "high", "reason"}}."""
        return {name: interval.to_json() for name, interval in self.metrics.items()}

    def details_json(self) -> dict[str, Any]:
        """Give everything but the metrics, ready for JSON."""
        return {
            "rows": self.rows,
            "labels": list(self.labels),
            "problem_type": self.problem_type,
            "per_class": [asdict(score) for score in self.per_class],
            "confusion": self.confusion.tolist(),
            "calibration": self.calibration.to_json(),
            "most_wrong": list(self.most_wrong),
            "majority": dict(self.majority),
            "thresholds": None if self.thresholds is None else list(self.thresholds),
            "seed": self.seed,
            "resamples": RESAMPLES,
            "version": self.version,
        }

    def to_json(self) -> dict[str, Any]:
        return {"metrics": self.metrics_json(), **self.details_json()}


def evaluate(
    probabilities: np.ndarray,
    targets: np.ndarray,
    labels: Sequence[str],
    problem_type: ProblemType,
    *,
    seed: int = 0,
    thresholds: np.ndarray | Sequence[float] | None = None,
    row_ids: np.ndarray | None = None,
    train_targets: np.ndarray | None = None,
) -> Evaluation:
    """Score probabilities (n, C) against targets, (n,) int or (n, C) of 0 and 1; n >= 1.

    `train_targets` decide what the majority baseline answers; without them the rows' own majority does. Raises
    UserProblem where there are no rows or the probabilities are not numbers.
    """
    sure = _normalised(probabilities, problem_type)
    bars = None if thresholds is None else np.asarray(thresholds, dtype=np.float64)
    decided = decide(sure, targets, problem_type, bars)
    names = tuple(labels)
    return Evaluation(
        rows=len(targets),
        labels=names,
        problem_type=problem_type,
        metrics=_metrics(decided, sure, targets, names, problem_type, seed),
        per_class=_per_class(decided, names),
        confusion=decided.confusion(),
        calibration=_calibration(decided, sure),
        most_wrong=_most_wrong(decided, sure, row_ids),
        majority=majority_scores(targets if train_targets is None else train_targets, targets, names, problem_type),
        thresholds=None if bars is None else tuple(float(bar) for bar in bars),
        seed=seed,
    )


def _normalised(probabilities: np.ndarray, problem_type: ProblemType) -> np.ndarray:
    sure = probabilities.astype(np.float64)
    return sure / sure.sum(axis=1, keepdims=True) if problem_type == "single_label" else sure


def _metrics(
    decided: Decided,
    sure: np.ndarray,
    targets: np.ndarray,
    labels: tuple[str, ...],
    problem_type: ProblemType,
    seed: int,
) -> dict[str, Interval]:
    by_row = {"log_loss": log_loss_by_row(sure, targets, problem_type)}
    by_row["brier_score"] = brier_by_row(sure, targets, problem_type)
    draws = [resampled(decided, part, by_row) for part in resamples(len(targets), seed=seed)]
    values = resampled(decided, np.ones((1, len(targets)), np.float32), by_row)
    metrics = {
        name: percentile_interval(value[0], np.concatenate([d[name] for d in draws])) for name, value in values.items()
    }
    hits = int(decided.right.sum())
    if hits in (0, len(targets)):
        metrics |= _without_doubt(hits, len(targets), metrics)
    again = resamples(len(targets), seed=seed)
    metrics["roc_auc_ovr"] = roc_auc_interval(sure, decided.truth, labels, again, RESAMPLES)
    error = _calibration(decided, sure).error
    metrics["calibration_error"] = Interval(error, reason="No interval: resampling inflates this error.")
    return metrics


def _without_doubt(hits: int, rows: int, metrics: Mapping[str, Interval]) -> dict[str, Interval]:
    """Where all rows are right, or all wrong, resamples are all alike: accuracy's exact bound stands for F1 as well."""
    exact = exact_interval(hits, rows)
    found = {"accuracy": exact}
    for name in metrics:
        if name.startswith("f1_") and hits == rows and metrics[name].value == 1.0:
            found[name] = Interval(1.0, exact.low, 1.0, f"All {rows} rows were right: the lower bound is accuracy's.")
    return found


def resampled(
    decided: Decided, weights: np.ndarray, by_row: Mapping[str, np.ndarray] | None = None
) -> dict[str, np.ndarray]:
    """Compute accuracy, the averages and means of `by_row` (n,) under weights (r, n): name -> (r,)."""
    rows = weights.sum(axis=1, dtype=np.float64)
    several = decided.targets.ndim == 2
    found = averages(decided.counts(weights), every_label=several)
    found["accuracy"] = weights @ decided.right.astype(np.float64) / rows
    for name, values in (by_row or {}).items():
        found[name] = weights @ values / rows
    return found


def _per_class(decided: Decided, labels: tuple[str, ...]) -> tuple[ClassScore, ...]:
    counts = decided.counts(np.ones((1, len(decided.targets)), np.float32))
    shares = zip(precision(counts)[0], recall(counts)[0], f1(counts)[0], strict=True)
    sizes = zip(counts.support[0].astype(int), counts.predicted[0].astype(int), strict=True)
    return tuple(_class_score(label, *share, *size) for label, share, size in zip(labels, shares, sizes, strict=True))


def _class_score(label: str, p: float, r: float, f: float, support: int, predicted: int) -> ClassScore:
    reasons = []
    if not support:
        reasons.append("no row of this class, so no recall")
    if not predicted:
        reasons.append("never predicted, so no precision")
    return ClassScore(
        label=label,
        precision=float(p) if predicted else None,
        recall=float(r) if support else None,
        f1=float(f) if support or predicted else None,
        support=int(support),
        predicted=int(predicted),
        reason="; ".join(reasons),
    )


def _calibration(decided: Decided, sure: np.ndarray) -> Calibration:
    if decided.targets.ndim == 1:
        return calibration(sure.max(axis=1), decided.right.astype(float))
    return calibration(sure.ravel(), decided.targets.ravel().astype(float))


def _most_wrong(decided: Decided, sure: np.ndarray, row_ids: np.ndarray | None) -> tuple[int, ...]:
    ids = np.arange(len(sure)) if row_ids is None else row_ids
    off = (
        np.abs(sure - decided.truth) * (decided.predictions != decided.targets)
        if sure.shape == decided.targets.shape
        else None
    )
    how = sure.max(axis=1) if off is None else off.max(axis=1)
    wrong = np.flatnonzero(~decided.right)
    return tuple(int(ids[i]) for i in wrong[np.argsort(-how[wrong], kind="stable")][:MOST_WRONG])
