"""Percentile bootstrap (Efron 1979) of a statistic over words or pairs: places drawn with replacement, by a seed."""

from __future__ import annotations

import numpy as np

RESAMPLES = 2_000
LEVEL = 95


def places(size: int, seed: int, count: int = RESAMPLES) -> np.ndarray:
    """Places (count, size) drawn with replacement from 0 to size - 1."""
    return np.random.default_rng(seed).integers(0, size, size=(count, size))


def bounds(values: np.ndarray) -> tuple[float, float] | tuple[None, None]:
    """The middle 95 % of resampled values; values that are no number are passed over, None where few are left."""
    known = values[np.isfinite(values)]
    if len(known) < len(values) / 2 or not len(known):
        return None, None
    tail = (100 - LEVEL) / 2
    low, high = np.percentile(known, [tail, 100 - tail])
    return float(low), float(high)


def of_mean(values: np.ndarray, seed: int) -> tuple[float, float] | tuple[None, None]:
    """Bounds of the mean of values (n,); None for fewer than two."""
    return bounds(values[places(len(values), seed)].mean(axis=1)) if len(values) > 1 else (None, None)


def said(unit: str) -> str:
    """What such an interval is called."""
    return f"{LEVEL} % bootstrap over {unit}"
