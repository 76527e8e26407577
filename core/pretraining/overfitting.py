"""Whether a pre-training learned or learned by heart: its curves on training text and on the holdout, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BY_HEART = 0.5  # nats a masked piece between holdout and training text at the end
RISE = 0.02  # share by which the holdout's loss must rise again to be told


@dataclass(frozen=True)
class Overfitting:
    """Masked-word losses: of the training text at the end, of the holdout first, best and last; and what they say."""

    training: float
    first: float
    best: float
    last: float
    told: bool
    sentence: str


def overfitting(history: Sequence[Mapping[str, float]]) -> Overfitting | None:
    """Read the curves; None where nothing was held out or nothing was measured."""
    held = [point for point in history if "validation_masked_loss" in point]
    trained = [point["masked_loss"] for point in history if "masked_loss" in point]
    if not held or not trained:
        return None
    recent = trained[-max(1, len(trained) // 20) :]
    training = sum(recent) / len(recent)
    losses = [point["validation_masked_loss"] for point in held]
    first, best, last = losses[0], min(losses), losses[-1]
    rising = last > best * (1 + RISE)
    told = rising and last - training > BY_HEART
    step = int(held[losses.index(best)]["step"])
    return Overfitting(training, first, best, last, told, _sentence(told, step, training, first, best, last))


def _sentence(told: bool, step: int, training: float, first: float, best: float, last: float) -> str:
    ends = f"the masked-word loss is {training:.2f} on the training text and {last:.2f} on the holdout"
    if told:
        gained = f"The holdout was best at step {step:,} ({best:.2f}; {first:.2f} at the first look)"
        return f"It learned the text by heart: at the end {ends}. {gained}; the weights with the best sum are kept."
    if best >= first * (1 - RISE):
        return f"The holdout did not improve: at the end {ends}, {first:.2f} at the first look."
    return f"At the end {ends}, which was {first:.2f} at the first look."


def as_json(found: Overfitting | None) -> dict[str, Any] | None:
    """Plain values for the registry."""
    return None if found is None else dict(vars(found))
