"""Scores with their doubt, and which layer is best: all layers are judged on the same resamples of the test rows.

Accuracy has Wilson's interval, macro-F1 and differences the percentile bootstrap's. Two layers are told apart only
where the interval of their difference leaves zero out (Efron and Tibshirani 1993, chapter 13).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from core.evaluation.decisions import Decided
from core.evaluation.intervals import Interval, percentile_interval, resamples
from core.evaluation.scores import resampled
from core.evaluation.wilson import wilson
from core.inspection.probing.probe import Fitted
from core.inspection.probing.result import METRICS, Best, ProbeScore

Draws = Mapping[str, np.ndarray]  # metric -> (1 + resamples,), the value itself first


def draws_of(decided: Decided, seed: int) -> Draws:
    """Each metric for the test rows themselves, then for every resample."""
    rows = len(decided.targets)
    parts = [resampled(decided, np.ones((1, rows), np.float32))]
    parts += [resampled(decided, weights) for weights in resamples(rows, seed=seed)]
    return {name: np.concatenate([part[name] for part in parts]) for name in METRICS}


def difference(first: np.ndarray, second: np.ndarray) -> Interval:
    """First less second, with the interval of the paired draws."""
    return percentile_interval(float(first[0] - second[0]), first[1:] - second[1:])


def score_of(layer: int | None, task: Fitted, control: Fitted, first: Draws, second: Draws) -> ProbeScore:
    """One representation's scores from its two probes and their draws."""
    f1 = first["f1_macro"]
    return ProbeScore(
        layer, _accuracy(task.decided), percentile_interval(float(f1[0]), f1[1:]), _accuracy(control.decided),
        difference(first["accuracy"], second["accuracy"]), task.strength, task.accuracy, task.f1_macro,
    )  # fmt: skip


def best_by(metric: str, scores: Sequence[ProbeScore], layers: Sequence[Draws], static: Draws, majority: Draws) -> Best:
    """The best layer by a metric; `scores` hold the static vectors first, `layers` are the draws of layers 0 to L."""
    values = [draws[metric] for draws in layers]
    best = max(range(len(values)), key=lambda layer: (values[layer][0], -layer))
    alike = tuple(
        layer for layer, each in enumerate(values) if layer != best and not _surely(difference(values[best], each))
    )
    judged = [score.validation_f1_macro if metric == "f1_macro" else score.validation_accuracy for score in scores[1:]]
    over = [difference(values[best], other[metric]) for other in (static, majority)]
    return Best(metric, best, alike, int(np.argmax(judged)), over[0], over[1])


def _accuracy(decided: Decided) -> Interval:
    return wilson(int(decided.right.sum()), len(decided.targets))


def _surely(difference: Interval) -> bool:
    return difference.low is not None and difference.low > 0
