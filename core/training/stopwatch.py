"""How long one piece of work takes, as a straight line over its size, from a few timed calls."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Line:
    """Seconds = `fixed` + `each` * size, both at least 0."""

    fixed: float
    each: float

    def seconds(self, sizes: np.ndarray) -> np.ndarray:
        """Seconds of work of these sizes (n,)."""
        return np.asarray(self.fixed + self.each * sizes)


def timed(work: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def line(sizes: Sequence[float], seconds: Sequence[float]) -> Line:
    """Fit a line that never falls and never starts below zero, by least squares of relative errors."""
    x, y = np.asarray(sizes, dtype=np.float64), np.asarray(seconds, dtype=np.float64)
    if len(x) > 1 and np.ptp(x) > 0:
        each, fixed = np.polyfit(x, y, 1, w=1 / np.maximum(y, 1e-9))
        if each >= 0 and fixed >= 0:
            return Line(float(fixed), float(each))
        if each < 0:
            return Line(float(y.mean()), 0.0)
    return Line(0.0, float(y.sum() / max(x.sum(), 1e-9)))
