"""Choosing how closely a linear head fits: one fit for each C, from weak to strong, judged on validation rows.

Each fit starts from the one before. Log loss decides, because it is smoother than a count of right rows; it stops
getting better once, and the search ends two fits later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.data.examples import ProblemType
from core.errors import Stopped
from core.progress import Progress, Report, ShouldStop
from core.training.logistic import Head, fit
from core.training.readiness import scores
from core.training.stopwatch import timed


@dataclass(frozen=True)
class Rows:
    """Features (n, F), dense or sparse, and targets, (n,) int or (n, C)."""

    features: Any
    targets: np.ndarray


@dataclass(frozen=True)
class Chosen:
    """The head of the best C, what each C scored, and whether a person ended the search early."""

    head: Head
    strength: float
    history: tuple[dict[str, float], ...]
    stopped_early: bool


EVALUATIONS = 160
"""How often the objective is computed over a whole grid, by experience."""


def seconds_of_choice(few: Rows, classes: int, problem_type: ProblemType, rows: int) -> float:
    """Foretell the seconds of `choose` on `rows` rows like these few, from a handful of steps on them."""
    evaluations = 6

    def steps() -> None:
        fit(few.features, few.targets, classes, problem_type, strength=1.0, max_steps=evaluations - 1)

    steps()
    return timed(steps) / evaluations * EVALUATIONS * rows / max(1, len(few.targets))


class _Asked:
    """Asks at every step whether to stop: with nothing (Stopped), or with what there is (StopIteration)."""

    def __init__(self, should_stop: ShouldStop) -> None:
        self.should_stop, self.early = should_stop, False

    def __call__(self) -> None:
        mode = self.should_stop()
        if mode == "discard":
            raise Stopped("training was stopped")
        if mode == "keep_best":
            self.early = True
            raise StopIteration


def choose(
    train: Rows,
    judge: Rows,
    classes: int,
    problem_type: ProblemType,
    grid: Sequence[float],
    *,
    weights: np.ndarray | None,
    report: Report,
    should_stop: ShouldStop,
) -> Chosen:
    """Fit a head for each C of the rising `grid` and keep the one of least log loss on `judge`."""
    asked, history = _Asked(should_stop), []
    head: Head | None = None
    best: tuple[float, Head, float] | None = None
    worse = 0
    for step, strength in enumerate(grid, 1):
        head = fit(
            train.features, train.targets, classes, problem_type,
            strength=strength, start=head, weights=weights, each_step=asked,
        )  # fmt: skip
        measured = scores(head.logits(judge.features), judge.targets, problem_type)
        history.append({"step": step, "epoch": step, "C": strength, **measured})
        report(Progress("train", step, len(grid), epoch=float(step), metrics=measured))
        loss = measured["validation_loss"]
        if best is None or loss < best[0]:
            best, worse = (loss, head, strength), 0
        else:
            worse += 1
        if asked.early or worse == 2:
            break
    assert best is not None  # noqa: S101 - the grid is never empty
    return Chosen(best[1], best[2], tuple(history), asked.early)
