"""The parts of a pre-training: a new head alone, short sequences, full length; each a stretch of epochs or steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SHORTER = 4
SHORTEST = 16
WARM_UP = (5, 200)  # a new head's own steps: this part of the others, and at most so many


@dataclass(frozen=True)
class Phase:
    """`steps` optimizer steps on sequences of at most `max_length`, with the body frozen or learning."""

    name: str
    max_length: int
    steps: int
    frozen: bool


def phases(
    *,
    epochs: int,
    max_length: int,
    short_share: float,
    head_steps: int | None,
    frozen_encoder: bool,
    steps_an_epoch: Callable[[int], int],
) -> tuple[Phase, ...]:
    """The phases in order; `steps_an_epoch(length)` tells how many steps one reading of the corpus takes.

    `head_steps` is 0 where no head is new; None takes a share of the other steps.
    """
    short, long = max(SHORTEST, max_length // SHORTER), max_length
    short_steps = round(short_share * epochs * steps_an_epoch(short)) if short_share and short < long else 0
    long_share = 1 - short_share if short_steps else 1
    long_steps = max(1, round(long_share * epochs * steps_an_epoch(long)))
    if head_steps is None:
        head_steps = min(WARM_UP[1], max(1, (short_steps + long_steps) // WARM_UP[0]))
    found = [
        Phase("head", short if short_steps else long, head_steps, True),
        Phase("short", short, short_steps, frozen_encoder),
        Phase("full", long, long_steps, frozen_encoder),
    ]
    return tuple(phase for phase in found if phase.steps)
