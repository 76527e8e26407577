"""The training loop: short, stoppable at every step, and resumable at every step with bit-identical results on a CPU.

accelerate places model and optimizer and runs the backward pass; the order of rows is a pure function of seed and
epoch (order.py), so a checkpoint needs only a place in it. The best weights by validation are kept on disk, and are
what the model holds in the end. Why not transformers' Trainer: docs/decisions/training-loop.md.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from accelerate import Accelerator

from core.encoding.device import device
from core.errors import Stopped, UserProblem
from core.progress import Progress, Report, ShouldStop
from core.training import checkpoints, snapshot
from core.training.order import batches
from core.training.pace import Pace
from core.training.plan import Plan, Position, Trainee
from core.training.schedule import rate_factor, warmup_steps

LOG = logging.getLogger(__name__)
PATIENT_SECONDS = 5.0  # a person who stops a run waits for one more validation if the last took no longer


@dataclass(frozen=True)
class Trained:
    """How a training ended: its curves, where the kept weights were best, and whether it was cut short."""

    history: tuple[Mapping[str, float], ...]
    best: Mapping[str, float]
    stopped_early: bool
    out_of_patience: bool


def train(trainee: Trainee, plan: Plan, folder: Path, *, report: Report, should_stop: ShouldStop) -> Trained:
    """Train until the plan is done, patience is out, or a person stops it; the model then holds the best weights.

    Goes on from the newest checkpoint in `folder` where its fingerprint is the plan's. Raises Stopped when asked to
    keep nothing, UserProblem when the loss is no longer a number.
    """
    return _Loop(trainee, plan, folder, report, should_stop).run()


class _Loop:
    def __init__(self, trainee: Trainee, plan: Plan, folder: Path, report: Report, should_stop: ShouldStop) -> None:
        self.trainee, self.plan, self.folder = trainee, plan, folder
        self.report, self.should_stop = report, should_stop
        self.accelerator = Accelerator(cpu=device().type == "cpu")
        optimizer = torch.optim.AdamW(trainee.groups(), fused=True)
        self.rates = [group["lr"] for group in optimizer.param_groups]
        self.model, self.optimizer = self.accelerator.prepare(trainee.model, optimizer)
        self.warmup = warmup_steps(plan.warmup, plan.steps)
        self.position = Position(plan.fingerprint)
        self.best: dict[str, float] | None = None
        self.saved_at = time.monotonic()
        self.stopped = False
        self.validation_seconds = 0.0

    def run(self) -> Trained:
        self._resume()
        at = self.position
        done = at.epoch * self.plan.rows + min(at.batch * self.plan.batch_size, self.plan.rows)
        self.pace = Pace(self.report, "train", self.plan.steps, self.plan.epochs * self.plan.rows, done=done)
        while at.epoch < self.plan.epochs and not self._impatient() and not self.stopped:
            self._epoch()
        self._take_best()
        return Trained(tuple(at.history), dict(self.best or {}), self.stopped, at.epoch < self.plan.epochs)

    def _epoch(self) -> None:
        self.model.train()
        order = batches(self.plan.lengths, self.plan.batch_size, seed=self.plan.seed, epoch=self.position.epoch)
        while self.position.batch < len(order) and not self._asked():
            group = order[self.position.batch : self.position.batch + self.plan.accumulation]
            self._step(group)
            self.position.batch += len(group)
            self._checkpoint_if_due()
        if self.stopped and self.best is not None and self.validation_seconds > PATIENT_SECONDS:
            return
        self._validate()
        if not self.stopped:
            self.position.epoch, self.position.batch = self.position.epoch + 1, 0
            self._checkpoint()

    def _step(self, group: list[np.ndarray]) -> None:
        at, rows = self.position, sum(map(len, group))
        factor = rate_factor(at.step, self.plan.steps, self.warmup)
        for parameters, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            parameters["lr"] = rate * factor
        total = 0.0
        for part in group:
            loss = self.trainee.loss(part) * (len(part) / rows)
            self.accelerator.backward(loss)
            total += loss.item()
        self._move(total)
        at.step, at.loss_sum, at.loss_rows = at.step + 1, at.loss_sum + total * rows, at.loss_rows + rows
        self._tell(rows)

    def _move(self, loss: float) -> None:
        if not math.isfinite(loss):
            raise UserProblem(
                f"The loss is no longer a number after step {self.position.step}.",
                "It must stay finite.",
                "Choose a lower learning_rate, and float32 if another precision was chosen.",
            )
        self.accelerator.clip_grad_norm_(self.model.parameters(), self.plan.max_grad_norm)
        self.optimizer.step()
        self.optimizer.zero_grad()

    def _tell(self, rows: int) -> None:
        at = self.position
        if at.step % self.plan.measured_every:
            self.pace.tell(at.step, rows, epoch=self._progress())
            return
        loss = at.loss_sum / at.loss_rows
        at.loss_sum, at.loss_rows = 0.0, 0
        at.history.append({"step": at.step, "epoch": self._progress(), "loss": loss})
        self.pace.tell(at.step, rows, epoch=self._progress(), metrics={"loss": loss}, force=True)

    def _progress(self) -> float:
        return round(self.position.step / self.plan.steps_an_epoch, 4)

    def _asked(self) -> bool:
        """Ask whether to stop: raises Stopped for nothing, true for keeping the best so far."""
        mode = self.should_stop()
        if mode == "discard":
            self._keep_place()
            raise Stopped(f"training was stopped at step {self.position.step} of {self.plan.steps}")
        if mode == "keep_best" and not self.position.step:
            raise Stopped("training was stopped before its first step: there is nothing to keep")
        self.stopped = mode == "keep_best"
        return self.stopped

    def _keep_place(self) -> None:
        """Save a checkpoint: whoever said stop may only have to restart, and start this run again."""
        if self.position.step and time.monotonic() - self.saved_at > 5:
            self._checkpoint()

    def _validate(self) -> None:
        at = self.position
        self.report(Progress("evaluate", at.step, self.plan.steps, epoch=self._progress()))
        self.model.eval()
        begun = time.monotonic()
        measured = self.trainee.validate(self.should_stop)
        self.validation_seconds = time.monotonic() - begun
        if measured:
            point = {"step": at.step, "epoch": self._progress(), **measured}
            at.history.append(point)
            self.report(Progress("evaluate", at.step, self.plan.steps, epoch=self._progress(), metrics=measured))
        else:
            point = {"step": at.step, "epoch": self._progress()}
        if self.best is None or not measured or self.trainee.better(measured, self.best):
            self.best = point
            checkpoints.save(self.folder, "best", at.step, snapshot.weights(self._plain()), {**point, **self._name()})

    def _impatient(self) -> bool:
        """Tell whether the last `patience` validations brought nothing better."""
        measured = [point["step"] for point in self.position.history if "validation_loss" in point]
        if not self.plan.patience or self.best is None:
            return False
        return sum(step > self.best["step"] for step in measured) >= self.plan.patience

    def _checkpoint_if_due(self) -> None:
        every = self.plan.checkpoint_steps
        if (every and self.position.step % every == 0) or (
            time.monotonic() - self.saved_at >= self.plan.checkpoint_seconds
        ):
            self._checkpoint()

    def _checkpoint(self) -> None:
        model = self._plain()
        tensors = snapshot.weights(model) | snapshot.moments(model, self._optimizer()) | snapshot.random_state()
        checkpoints.save(self.folder, "last", self.position.step, tensors, asdict(self.position))
        self.saved_at = time.monotonic()

    def _resume(self) -> None:
        torch.manual_seed(self.plan.seed)
        last, best = checkpoints.load(self.folder, "last"), checkpoints.load(self.folder, "best")
        if best is not None and best.state.get("fingerprint") == self.plan.fingerprint:
            self.best = {name: value for name, value in best.state.items() if name != "fingerprint"}
        if last is None or last.state.get("fingerprint") != self.plan.fingerprint:
            if last is not None:
                LOG.warning("the checkpoint belongs to other data or parameters; training begins anew")
                checkpoints.clear(self.folder)
                self.best = None
            return
        snapshot.put_weights(self._plain(), last.tensors)
        snapshot.put_moments(self._plain(), self._optimizer(), last.tensors)
        snapshot.put_random_state(last.tensors)
        self.position = Position(**last.state)
        LOG.info("training goes on from step %d of %d", self.position.step, self.plan.steps)

    def _take_best(self) -> None:
        best = checkpoints.load(self.folder, "best")
        if best is not None and best.step != self.position.step:
            snapshot.put_weights(self._plain(), best.tensors)
        self._plain().eval()

    def _plain(self) -> torch.nn.Module:
        model: torch.nn.Module = self.accelerator.unwrap_model(self.model)
        return model

    def _optimizer(self) -> torch.optim.Optimizer:
        inner: Any = getattr(self.optimizer, "optimizer", self.optimizer)
        return inner  # type: ignore[no-any-return]

    def _name(self) -> dict[str, str]:
        return {"fingerprint": self.plan.fingerprint}
