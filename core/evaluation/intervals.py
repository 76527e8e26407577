"""Percentile bootstrap intervals (Efron 1979; Efron and Tibshirani 1993, chapter 13), all resamples at once.

A resample is a vector of how often each row was drawn. Sums over rows are then one matrix product for all resamples,
and every metric of one call sees the same resamples, which also makes paired comparison a plain subtraction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

RESAMPLES = 1_000
LEVEL = 0.95
_CHUNK = 4_000_000


@dataclass(frozen=True)
class Interval:
    """A metric's value and the bounds of its 95 % interval; None where undefined, and then `reason` says why."""

    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str = ""

    def to_json(self) -> dict[str, float | str | None]:
        return {"value": self.value, "low": self.low, "high": self.high, "reason": self.reason}


def resamples(rows: int, *, seed: int, count: int = RESAMPLES) -> Iterator[np.ndarray]:
    """Draw `count` resamples of n rows with replacement, in chunks (r, n) float32: how often each row was drawn."""
    rng = np.random.default_rng(seed)
    size = max(1, _CHUNK // rows)
    for start in range(0, count, size):
        yield draw(rng, min(size, count - start), rows)


def draw(rng: np.random.Generator, count: int, rows: int) -> np.ndarray:
    """Draw `count` resamples of n rows: (count, n) float32, each row of it summing to n."""
    picks = rng.integers(0, rows, size=(count, rows), dtype=np.int32)
    picks += (np.arange(count, dtype=np.int32) * rows)[:, None]
    return np.bincount(picks.ravel(), minlength=count * rows).reshape(count, rows).astype(np.float32)


def sums_by_cell(weights: np.ndarray, cells: np.ndarray, count: int) -> np.ndarray:
    """Add weights (r, n) up by the cell (n,) of each row: (r, count) float64."""
    order = np.argsort(cells, kind="stable")
    present, starts = np.unique(cells[order], return_index=True)
    sums = np.zeros((len(weights), count))
    sums[:, present] = np.add.reduceat(weights[:, order], starts, axis=1)
    return sums


def percentile_interval(value: float, draws: np.ndarray, level: float = LEVEL) -> Interval:
    """Bound a value by the percentiles of its resampled draws (r,)."""
    tail = 100 * (1 - level) / 2
    low, high = np.percentile(draws, [tail, 100 - tail])
    return Interval(float(value), float(low), float(high))


def exact_interval(hits: int, rows: int, level: float = LEVEL) -> Interval:
    """Clopper-Pearson interval of a share, for shares of 0 or 1 where resampling cannot show any doubt."""
    tail = (1 - level) / 2
    low = float(beta.ppf(tail, hits, rows - hits + 1)) if hits else 0.0
    high = float(beta.ppf(1 - tail, hits + 1, rows - hits)) if hits < rows else 1.0
    kind = "right" if hits == rows else "wrong"
    return Interval(hits / rows, low, high, f"All {rows} rows were {kind}: exact (Clopper-Pearson) bounds.")
