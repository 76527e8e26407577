"""Whether a probability of 0.8 is right 8 times in 10: reliability bins and expected calibration error.

Source: Guo et al. 2017, "On Calibration of Modern Neural Networks", equation 3, with 15 bins of equal width. With one
label a row the confidence is the top probability; with several, every (row, label) decision counts once.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

BINS = 15


@dataclass(frozen=True)
class ReliabilityBin:
    """Decisions with a confidence in (low, high]: how many, how sure, how often right (None where there are none)."""

    low: float
    high: float
    count: int
    confidence: float | None
    accuracy: float | None


@dataclass(frozen=True)
class Calibration:
    """Expected calibration error in [0, 1] and the bins it came from."""

    error: float
    bins: tuple[ReliabilityBin, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def calibration(confidence: np.ndarray, happened: np.ndarray, bins: int = BINS) -> Calibration:
    """Compare confidences (m,) in [0, 1] with what happened (m,) of 0 and 1; m >= 1."""
    place = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    count = np.bincount(place, minlength=bins)
    sure = np.bincount(place, weights=confidence, minlength=bins)
    right = np.bincount(place, weights=happened, minlength=bins)
    error = float(np.abs(sure - right).sum() / len(confidence))
    return Calibration(error, tuple(_bin(i, bins, int(count[i]), sure[i], right[i]) for i in range(bins)))


def _bin(place: int, bins: int, count: int, sure: float, right: float) -> ReliabilityBin:
    if not count:
        return ReliabilityBin(place / bins, (place + 1) / bins, 0, None, None)
    return ReliabilityBin(place / bins, (place + 1) / bins, count, float(sure / count), float(right / count))
