"""The pre-training loop: phases over a stream, stoppable at every step, resumed with exactly the next batch.

Batches are a pure function of seed, epoch and place (core/pretraining/stream.py), so a checkpoint holds weights,
moments, the generators' state and a place. The best weights by holdout loss are kept; without a holdout, the last.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator

from core.encoding.device import device
from core.errors import Stopped, UserProblem
from core.pretraining.keeping import Keeping
from core.pretraining.looking import Looking
from core.pretraining.phases import Phase
from core.pretraining.plan import Plan, Stream
from core.pretraining.position import LOOKS, Trained
from core.pretraining.trainee import NOTHING, Counted, PretrainTrainee
from core.progress import Report, ShouldStop
from core.training.pace import Pace
from core.training.schedule import rate_factor, warmup_steps

HEAD_RATE = 1e-3
POINTS = 200
TOLD = {"head": "warm up the heads", "short": "pre-train on short sequences", "full": "pre-train"}
RECENT = 5.0  # seconds: a checkpoint that is no older is good enough to stop with


def train(trainee: PretrainTrainee, plan: Plan, folder: Path, *, report: Report, should_stop: ShouldStop) -> Trained:
    """Train until the plan is done, patience is out, or a person stops it; the model then holds the best weights.

    Raises Stopped when asked to keep nothing, UserProblem when the loss is no longer a number.
    """
    return _Loop(trainee, plan, folder, report, should_stop).run()


class _Loop:
    def __init__(
        self, trainee: PretrainTrainee, plan: Plan, folder: Path, report: Report, should_stop: ShouldStop
    ) -> None:
        self.trainee, self.plan = trainee, plan
        self.report, self.should_stop = report, should_stop
        self.accelerator = Accelerator(cpu=device().type == "cpu")
        optimizer = torch.optim.AdamW(trainee.groups(plan.learning_rate, HEAD_RATE), fused=True)
        self.rates = [group["lr"] for group in optimizer.param_groups]
        self.model, self.optimizer = self.accelerator.prepare(trainee.model, optimizer)
        self.keeping = Keeping(folder, trainee, self.optimizer, plan)
        self.stopped = False

    def run(self) -> Trained:
        self.position, best = self.keeping.resume()
        at, plan = self.position, self.plan
        self.looking = Looking(self.trainee, plan, self.keeping, self.report, best)
        if at.look_due:
            self._look()  # the attempt before was stopped in it
        while at.phase < len(plan.phases) and not (self.stopped or self.looking.impatient):
            self._phase(plan.phases[at.phase])
        if self.looking.best is None or (self.stopped and not plan.holdout):
            self._look()
        self.keeping.take_best(at.step)
        found, impatient = dict(self.looking.best or {}), self.looking.impatient
        return Trained(tuple(at.history), found, at.step, at.tokens, self.stopped, impatient)

    def _phase(self, phase: Phase) -> None:
        at = self.position
        self.trainee.freeze_body(phase.frozen)
        self.pace = Pace(self.report, TOLD[phase.name], self.plan.steps, self.plan.steps, done=at.step)
        stream = self.plan.stream(phase.max_length)
        while at.phase_step < phase.steps and not (self.stopped or self.looking.impatient):
            before = None if at.place else at.phase_step
            for group in self._groups(stream):
                if self._asked() or at.phase_step >= phase.steps or self.looking.impatient:
                    return
                self._step(group, phase)
            at.epoch, at.place = at.epoch + 1, None
            if at.phase_step == before:
                raise UserProblem("The corpus gives no example.", "At least one sentence of a few words is wanted.")
        if phase.name == "head" and not self.stopped:
            self.keeping.save_warm(at)
        if not self.stopped:
            begun = at.place is not None  # an epoch that a phase broke off is not read to its end
            at.phase, at.phase_step, at.epoch, at.place = at.phase + 1, 0, at.epoch + begun, None
            self.keeping.save(self.position)

    def _groups(self, stream: Stream) -> Iterator[list[tuple[Any, Any]]]:
        """Batches with their places, as many as one step takes; the last group of an epoch may be smaller."""
        at, group = self.position, []
        for batch, place in stream.batches(at.epoch, self.plan.tokens_a_batch, at.place):
            group.append((batch, place))
            if len(group) == self.plan.accumulation:
                yield group
                group = []
        if group:
            yield group

    def _step(self, group: list[tuple[Any, Any]], phase: Phase) -> None:
        at = self.position
        self.model.train()
        self._set_rates(phase)
        counted, tokens = NOTHING, sum(int(batch.tokens) for batch, _ in group)
        for batch, _ in group:
            loss, found = self.trainee.loss(batch)
            self.accelerator.backward(loss * (int(batch.tokens) / tokens))
            counted += found
        self._move(counted)
        at.step, at.phase_step, at.place = at.step + 1, at.phase_step + 1, group[-1][1]
        at.tokens += tokens
        at.sums = list(astuple(Counted(*at.sums) + counted))  # type: ignore[arg-type]
        self._tell()
        self._checkpoint_if_due()

    def _set_rates(self, phase: Phase) -> None:
        at, plan = self.position, self.plan
        if phase.name == "head":
            factor = min(1.0, (at.phase_step + 1) / 10)
        else:
            done = at.step - sum(each.steps for each in plan.phases if each.name == "head")
            factor = rate_factor(done, plan.body_steps, warmup_steps(plan.warmup, plan.body_steps))
        for parameters, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            parameters["lr"] = rate * factor

    def _move(self, counted: Counted) -> None:
        if not math.isfinite(counted.word_loss + counted.pair_loss):
            raise UserProblem(
                f"The loss is no longer a number after step {self.position.step}.", "It must stay finite.",
                "Choose a lower learning_rate, and float32 if another precision was chosen.",
            )  # fmt: skip
        self.accelerator.clip_grad_norm_(self.model.parameters(), self.plan.max_grad_norm)
        self.optimizer.step()
        self.optimizer.zero_grad()

    def _tell(self) -> None:
        at, steps = self.position, self.plan.steps
        if at.step % max(1, steps // POINTS) and at.step != steps:
            self.pace.tell(at.step, 1, epoch=float(at.epoch))
        else:
            measured = Counted(*at.sums).metrics()  # type: ignore[arg-type]
            at.sums = list(astuple(NOTHING))
            at.history.append({"step": at.step, "epoch": float(at.epoch), **measured})
            self.pace.tell(at.step, 1, epoch=float(at.epoch), metrics=measured, force=True)
        if at.step % max(1, steps // LOOKS) == 0 or at.step == steps:
            at.look_due = True
            self._look()

    def _look(self) -> None:
        self.looking.look(self.position, stopped=self.stopped, may_go_on=self._may_go_on)

    def _may_go_on(self) -> None:
        if self.should_stop() == "discard":
            self._keep_place()
            raise Stopped("pre-training was stopped while it looked at the holdout")

    def _asked(self) -> bool:
        mode = self.should_stop()
        if mode == "discard":
            self._keep_place()
            raise Stopped(f"pre-training was stopped at step {self.position.step} of {self.plan.steps}")
        if mode == "keep_best" and not self.position.step:
            raise Stopped("pre-training was stopped before its first step: there is nothing to keep")
        self.stopped = mode == "keep_best"
        return self.stopped

    def _keep_place(self) -> None:
        """Whoever said stop may only have to restart, and start this run again."""
        if self.position.step and self.keeping.age > RECENT:
            self.keeping.save(self.position)

    def _checkpoint_if_due(self) -> None:
        every = self.plan.checkpoint_steps
        if (every and self.position.step % every == 0) or self.keeping.age >= self.plan.checkpoint_seconds:
            self.keeping.save(self.position)
