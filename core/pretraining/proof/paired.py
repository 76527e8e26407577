"""Before and after on the same sentences: a difference with its interval, and a verdict that never crowns noise.

A value is a ratio of sums over sentences, such as loss per masked piece. Both sides are resampled with the same
sentences (Efron and Tibshirani 1993, chapter 13), so the interval is that of the difference. As in
core/evaluation/paired.py the interval must leave zero out, and where fewer than `FEW` sentences differ the exact sign
test (Conover 1999, chapter 3) must agree. Sentences of one document resemble each other, so the true doubt is larger.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
from scipy.stats import binomtest

from core.errors import UserProblem
from core.evaluation.intervals import Interval, exact_interval, percentile_interval, resamples
from core.evaluation.paired import FEW, SIGNIFICANT


@dataclass(frozen=True)
class Sums:
    """By sentence: its number in the sample (n,), what was added up (n,) float64, and over how many units (n,)."""

    rows: np.ndarray
    totals: np.ndarray
    units: np.ndarray


@dataclass(frozen=True)
class Paired:
    """`what` before and after, after minus before with its 95 % interval, over `n` sentences or other `things`."""

    what: str
    before: float
    after: float
    difference: float
    interval: Interval
    n: int
    change: Literal["better", "worse", "same", "cannot tell"]
    verdict: str
    seed: int

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "interval": self.interval.to_json()}


def ratio_interval(sums: Sums, *, seed: int) -> Interval:
    """The ratio of the sums with its bootstrap interval over sentences; no bounds for a single sentence."""
    value = float(sums.totals.sum() / sums.units.sum())
    if len(sums.totals) < 2:
        return Interval(value, reason="One sentence has no interval.")
    draws = [
        (part @ sums.totals) / np.maximum(part @ sums.units, 1e-12) for part in resamples(len(sums.rows), seed=seed)
    ]
    return percentile_interval(value, np.concatenate(draws))


def share_interval(sums: Sums, *, seed: int) -> Interval:
    """As `ratio_interval`, for shares: where all sentences have 0, or all 1, bounds come from counting them."""
    found, n = ratio_interval(sums, seed=seed), len(sums.rows)
    if found.value not in (0.0, 1.0):
        return found
    exact = exact_interval(n if found.value else 0, n)
    return Interval(found.value, exact.low, exact.high, f"The same in all {n} rows: exact (Clopper-Pearson) bounds.")


def compare_sums(
    before: Sums, after: Sums, *, what: str, lower_is_better: bool, seed: int = 0, things: str = "sentences"
) -> Paired:
    """Compare the ratios over the sentences that both sides hold; UserProblem where there is none."""
    first, second = _common(before, after)
    values = [float(sums.totals.sum() / sums.units.sum()) for sums in (first, second)]
    difference = values[1] - values[0]
    draws = [_ratios(second, part) - _ratios(first, part) for part in resamples(len(first.rows), seed=seed)]
    interval = percentile_interval(difference, np.concatenate(draws))
    gains = second.totals / second.units - first.totals / first.units
    change = _change(gains, interval, lower_is_better)
    verdict = _verdict(change, what, things, values, interval, len(gains))
    return Paired(what, values[0], values[1], difference, interval, len(gains), change, verdict, seed)


def _ratios(sums: Sums, weights: np.ndarray) -> np.ndarray:
    ratios: np.ndarray = (weights @ sums.totals) / (weights @ sums.units)
    return ratios


def _common(before: Sums, after: Sums) -> tuple[Sums, Sums]:
    _, first, second = np.intersect1d(before.rows, after.rows, assume_unique=True, return_indices=True)
    if not len(first):
        raise UserProblem("Before and after have no sentence in common.", "Both must be measured on the same sample.")
    return _chosen(before, first), _chosen(after, second)


def _chosen(sums: Sums, places: np.ndarray) -> Sums:
    return Sums(sums.rows[places], sums.totals[places], sums.units[places])


def _change(
    gains: np.ndarray, interval: Interval, lower_is_better: bool
) -> Literal["better", "worse", "same", "cannot tell"]:
    if not gains.any() and interval.value == 0:
        return "same"
    assert interval.low is not None and interval.high is not None
    differing, rising = int((gains != 0).sum()), int((gains > 0).sum())
    sure = differing >= FEW or (differing > 0 and binomtest(rising, differing).pvalue <= SIGNIFICANT)
    if interval.low <= 0 <= interval.high or not sure:
        return "cannot tell"
    return "better" if (interval.high < 0) == lower_is_better else "worse"


def _verdict(change: str, what: str, things: str, values: list[float], interval: Interval, n: int) -> str:
    if change == "same":
        return f"Before and after are the same on these {n:,} {things}: {what} is {values[0]:.3f}."
    told = f"{what} was {values[0]:.3f} and is {values[1]:.3f}, {interval.value:+.3f}"
    bounds = f"95 % interval {interval.low:+.3f} to {interval.high:+.3f}, {n:,} {things}"
    assert interval.low is not None and interval.high is not None
    if change == "cannot tell" and not interval.low <= 0 <= interval.high:
        bounds += ", but too few differ for an exact sign test to agree"
    if change == "cannot tell":
        return f"These {n:,} {things} cannot tell before and after apart: {told} ({bounds})."
    return f"{change.capitalize()} than before: {told} ({bounds})."
