"""Looks at the holdout: the loss there, the weights of the lowest one, and whether patience is out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from core.pretraining.keeping import Keeping
from core.pretraining.plan import Plan
from core.pretraining.position import Position
from core.pretraining.trainee import NOTHING, PretrainTrainee
from core.progress import Progress, Report


class Looking:
    """`best` is the point with the lowest loss so far; `impatient` once `plan.patience` looks brought none lower."""

    def __init__(
        self, trainee: PretrainTrainee, plan: Plan, keeping: Keeping, report: Report, best: dict[str, float] | None
    ) -> None:
        self.trainee, self.plan, self.keeping, self.report = trainee, plan, keeping, report
        self.best: Any = best
        self.impatient = False

    def look(self, at: Position, *, stopped: bool, may_go_on: Callable[[], None]) -> None:
        """Measure the holdout, and keep these weights where they are the best so far; `may_go_on` raises to stop."""
        measured = self._measured(may_go_on)
        at.look_due = False
        point = {"step": at.step, "epoch": float(at.epoch), **measured}
        if measured:
            at.history.append(point)
            self.report(Progress("evaluate", at.step, self.plan.steps, epoch=float(at.epoch), metrics=measured))
        if not stopped and self._warming_up(at):
            return
        if self.best is None or not measured or measured["validation_loss"] < self.best["validation_loss"]:
            self.best = point
            self.keeping.save_best(point)
        elif self.plan.patience:
            looks = [each["step"] for each in at.history if "validation_loss" in each]
            self.impatient = sum(step > self.best["step"] for step in looks) >= self.plan.patience

    def _warming_up(self, at: Position) -> bool:
        """In a head's warm-up the body's weights are not in a snapshot, so nothing of it can be the best."""
        phases = self.plan.phases
        return at.phase < len(phases) and phases[at.phase].frozen != phases[-1].frozen

    def _measured(self, may_go_on: Callable[[], None]) -> dict[str, float]:
        if not self.plan.holdout:
            return {}
        self.trainee.model.eval()
        total = NOTHING
        with torch.inference_mode():
            for batch in self.plan.holdout:
                may_go_on()
                total += self.trainee.loss(batch)[1]
        return total.metrics("validation_")
