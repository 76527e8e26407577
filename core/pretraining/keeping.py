"""Checkpoints of a pre-training: the last place to go on from, and the best weights by holdout loss.

Frozen weights are not kept: they are still the base's, and a resumed run has them already.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from core.pretraining.plan import Plan
from core.pretraining.position import Position
from core.pretraining.trainee import PretrainTrainee
from core.training import checkpoints, snapshot

WARM = "warm"  # heads at the end of their warm-up, on the untouched body
LOG = logging.getLogger(__name__)


class Keeping:
    """Saves and restores a trainee with its optimizer in `folder`, under the plan's fingerprint."""

    def __init__(self, folder: Path, trainee: PretrainTrainee, optimizer: Any, plan: Plan) -> None:
        self.folder, self.trainee, self.plan = folder, trainee, plan
        self.optimizer: torch.optim.Optimizer = getattr(optimizer, "optimizer", optimizer)
        self._saved_at = time.monotonic()

    @property
    def age(self) -> float:
        """Seconds since the last save."""
        return time.monotonic() - self._saved_at

    def save(self, position: Position) -> None:
        """Keep everything that a resumed run needs."""
        model = self.trainee.model
        tensors = snapshot.weights(model) | snapshot.moments(model, self.optimizer) | snapshot.random_state()
        checkpoints.save(self.folder, "last", position.step, tensors, asdict(position))
        self._saved_at = time.monotonic()

    def save_best(self, point: Mapping[str, float]) -> None:
        """Keep these weights as the best so far."""
        state = {**point, "fingerprint": self.plan.fingerprint}
        checkpoints.save(self.folder, "best", int(point["step"]), snapshot.weights(self.trainee.model), state)

    def save_warm(self, position: Position) -> None:
        """Keep the heads as they are before the body learns: what the parent is measured with."""
        named = self.trainee.model.named_parameters()
        tensors = {f"weight/{name}": value for name, value in named if self.trainee.of_head(name)}
        checkpoints.save(self.folder, WARM, position.step, tensors, {"fingerprint": self.plan.fingerprint})

    def resume(self) -> tuple[Position, dict[str, float] | None]:
        """Put back what was saved for this plan, if anything; the position and the best point so far."""
        torch.manual_seed(self.plan.seed)
        last, best = checkpoints.load(self.folder, "last"), checkpoints.load(self.folder, "best")
        if last is None or last.state.get("fingerprint") != self.plan.fingerprint:
            if last is not None or best is not None:
                LOG.warning("the checkpoints belong to other text or parameters; pre-training begins anew")
                checkpoints.clear(self.folder)
            return Position(self.plan.fingerprint), None
        position = Position(**last.state)
        self._put(position, last.tensors)
        LOG.info("pre-training goes on from step %d of %d", position.step, self.plan.steps)
        if best is None or best.state.get("fingerprint") != self.plan.fingerprint:
            return position, None
        return position, {name: value for name, value in best.state.items() if name != "fingerprint"}

    def take_best(self, step: int) -> None:
        """Give the model the best weights, unless they are those of `step`, which it holds."""
        best = checkpoints.load(self.folder, "best")
        if best is not None and best.step != step:
            snapshot.put_weights(self.trainee.model, best.tensors)
        self.trainee.model.eval()

    def _put(self, position: Position, tensors: Mapping[str, torch.Tensor]) -> None:
        phases = self.plan.phases
        self.trainee.freeze_body(phases[min(position.phase, len(phases) - 1)].frozen)
        model = self.trainee.model
        with torch.no_grad():
            for name, value in snapshot.weights(model).items():
                if name in tensors:
                    value.copy_(tensors[name])
        snapshot.put_moments(model, self.optimizer, tensors)
        snapshot.put_random_state(tensors)
