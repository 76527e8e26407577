"""What the pre-training loop is told: phases, where batches come from, what is held out, rates and savings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from core.pretraining.phases import Phase


class Stream(Protocol):
    """What the loop reads: core.pretraining.stream.ExampleStream."""

    def batches(self, epoch: int, tokens_a_batch: int, start: Any = None) -> Iterator[tuple[Any, Any]]:
        """Batches of an epoch from `start` on, each with the place behind it."""


@dataclass(frozen=True)
class Plan:
    """A whole pre-training; `stream(max_length)` opens the corpus, `fingerprint` names parameters, base and corpus."""

    phases: tuple[Phase, ...]
    stream: Callable[[int], Stream]
    holdout: Sequence[Any]
    tokens_a_batch: int
    learning_rate: float
    fingerprint: str
    seed: int
    warmup: float = 0.1
    accumulation: int = 1
    patience: int = 0
    checkpoint_steps: int = 0
    checkpoint_seconds: float = 60.0
    max_grad_norm: float = 1.0

    @property
    def steps(self) -> int:
        return sum(phase.steps for phase in self.phases)

    @property
    def body_steps(self) -> int:
        """Steps that the learning rate's rise and fall is spread over: all but a head's warm-up."""
        return sum(phase.steps for phase in self.phases if phase.name != "head")
