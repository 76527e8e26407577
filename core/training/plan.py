"""What the loop is told: how long, how fast, how often to save; and what it may ask of the model it trains."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from core.progress import ShouldStop

if TYPE_CHECKING:
    import torch

CHECKPOINT_SECONDS = 60.0
POINTS = 200


@dataclass(frozen=True)
class Plan:
    """A whole training: `lengths` (n,) pieces a row decide the batches, `fingerprint` names config and data.

    `learning_rate` belongs to parameter groups; here stand only how it moves (`warmup`, a share of all steps) and what
    is common to all. `checkpoint_steps` 0 means by time alone.
    """

    lengths: np.ndarray
    batch_size: int
    epochs: int
    seed: int
    fingerprint: str
    warmup: float = 0.1
    max_grad_norm: float = 1.0
    accumulation: int = 1
    patience: int = 0
    checkpoint_steps: int = 0
    checkpoint_seconds: float = CHECKPOINT_SECONDS

    @property
    def rows(self) -> int:
        return len(self.lengths)

    @property
    def batches(self) -> int:
        """Batches an epoch."""
        return -(-self.rows // self.batch_size)

    @property
    def steps_an_epoch(self) -> int:
        """Optimizer steps an epoch."""
        return -(-self.batches // self.accumulation)

    @property
    def steps(self) -> int:
        return self.steps_an_epoch * self.epochs

    @property
    def measured_every(self) -> int:
        """Steps between two points of the loss curve: at most `POINTS` points in all."""
        return max(1, self.steps // POINTS)


class Trainee(Protocol):
    """What the loop trains: a module, its parameter groups with their rates, a loss, and a validation."""

    model: torch.nn.Module

    def groups(self) -> list[dict[str, Any]]:
        """Parameter groups for AdamW: {"params", "lr", "weight_decay"}."""

    def loss(self, rows: np.ndarray) -> torch.Tensor:
        """Mean loss () of some rows."""

    def validate(self, should_stop: ShouldStop) -> dict[str, float]:
        """Measure on validation rows; {} where there are none. Raises Stopped when asked to keep nothing."""

    def better(self, new: dict[str, float], old: dict[str, float]) -> bool:
        """Tell whether the new measurement is better than the old."""


@dataclass
class Position:
    """Where a training stands, ready for JSON: what a resumed run must know beside tensors."""

    fingerprint: str
    step: int = 0
    epoch: int = 0
    batch: int = 0
    loss_sum: float = 0.0
    loss_rows: int = 0
    history: list[dict[str, float]] = field(default_factory=list)
