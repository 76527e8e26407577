"""Where a pre-training stands, ready for JSON, and how it is told to others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

LOOKS = 20  # at the holdout, spread evenly over all steps


@dataclass
class Position:
    """What a resumed run must know beside tensors. `place` is the stream's own; None at the start of an epoch."""

    fingerprint: str
    phase: int = 0
    phase_step: int = 0
    step: int = 0
    epoch: int = 0
    place: Any = None
    sums: list[float] = field(default_factory=lambda: [0, 0.0, 0, 0, 0.0, 0])  # a Counted since the last point
    tokens: int = 0
    history: list[dict[str, float]] = field(default_factory=list)
    look_due: bool = False  # a look at the holdout was begun and not finished


@dataclass(frozen=True)
class Trained:
    """How a pre-training ended: its curves, where the kept weights were best, and whether it was cut short."""

    history: tuple[dict[str, float], ...]
    best: dict[str, float]
    steps: int
    tokens: int
    stopped_early: bool
    out_of_patience: bool
