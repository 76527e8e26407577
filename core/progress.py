"""How long work tells what it is doing, and how it is asked to stop.

The science reports and asks; it never stores. The caller decides what becomes of a report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

StopMode = Literal["discard", "keep_best"]


@dataclass(frozen=True)
class Progress:
    """One report: `phase` in words, `step` of `steps`, examples per second, seconds left, and what was measured."""

    phase: str
    step: int = 0
    steps: int = 0
    epoch: float | None = None
    rate: float | None = None
    seconds_left: float | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)


Report = Callable[[Progress], None]
ShouldStop = Callable[[], StopMode | None]


def silent(progress: Progress) -> None:
    """Report to nobody."""


def never() -> StopMode | None:
    """Never ask to stop."""
    return None
