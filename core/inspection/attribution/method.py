"""What an attribution method is: a declaration and one function.

A method is one file in core/inspection/attribution/methods/ that ends with `METHOD = Method(...)`; form, command line
and docs' table come from the declaration.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.inspection.attribution.result import Term
from core.inspection.attribution.target import Target
from core.progress import Report, ShouldStop, never, silent

if TYPE_CHECKING:
    from core.inspection.attribution.sight import Sight

BASELINES = {"pad": "[PAD] pieces", "mask": "[MASK] pieces", "zero": "all zeros"}
REPLACEMENTS = {"mask": "[MASK] stands in for them", "delete": "they are taken out"}


@dataclass(frozen=True)
class Options:
    """`baseline` of integrated gradients; what occlusion does with words; most points of integrated gradients."""

    baseline: str = "pad"
    replacement: str = "mask"
    most_points: int = 640


@dataclass(frozen=True)
class Raw:
    """What a method found: `pieces` (T,) scores by piece, or `units` (n,) and `specials` of a method without pieces."""

    pieces: np.ndarray | None = None
    units: np.ndarray | None = None
    baseline: float | None = None
    points: int | None = None
    error: float | None = None
    specials: tuple[tuple[str, float], ...] = ()
    terms: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Method:
    """A way to score words; `sums_to` says what all scores add up to, `explains` whether it is an explanation at all.

    `kinds` are the scorers it works on. Scores of a method that is not `signed` are sizes: 0 or more.
    """

    name: str
    title: str
    summary: str
    sums_to: str
    source: str
    compute: Callable[[Any, Target, Options, Report, ShouldStop], Raw]
    kinds: tuple[str, ...] = ("sequence", "probe")
    explains: bool = True
    signed: bool = True

    def scores(
        self, sight: Sight, wanted: Target, options: Options, report: Report = silent, should_stop: ShouldStop = never
    ) -> Raw:
        """Scores of what `sight` shows."""
        return self.compute(sight, wanted, options, report, should_stop)
