"""A look keeps the best weights, counts patience, and finds nothing while the body of a new head rests."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from core.pretraining.looking import Looking
from core.pretraining.phases import Phase
from core.pretraining.position import Position
from core.pretraining.trainee import Counted
from core.progress import silent

FULL = (Phase("full", 12, 30, False),)


class Trainee:
    """Gives the losses in turn, one masked word each."""

    def __init__(self, losses: list[float]) -> None:
        self.losses = iter(losses)
        self.model = SimpleNamespace(eval=lambda: None)

    def loss(self, batch: Any) -> tuple[None, Counted]:
        return None, Counted(1, next(self.losses), 0)


class Keeping:
    def __init__(self) -> None:
        self.kept: list[float] = []

    def save_best(self, point: dict[str, float]) -> None:
        self.kept.append(point["validation_loss"])


def looked(
    losses: list[float], *, patience: int = 0, phases: tuple[Phase, ...] = FULL, stopped: bool = False
) -> tuple[Looking, Keeping, Position]:
    keeping, at = Keeping(), Position("any")
    plan: Any = SimpleNamespace(holdout=["batch"], steps=30, patience=patience, phases=phases)
    looking = Looking(Trainee(losses), plan, keeping, silent, None)  # type: ignore[arg-type]
    for step in range(len(losses)):
        at.step, at.look_due = step + 1, True
        looking.look(at, stopped=stopped, may_go_on=lambda: None)
    return looking, keeping, at


def test_only_a_lower_loss_is_kept() -> None:
    looking, keeping, at = looked([3.0, 2.0, 2.5, 2.0])
    assert keeping.kept == [3.0, 2.0] and looking.best["step"] == 2 and not at.look_due
    assert [point["validation_loss"] for point in at.history] == [3.0, 2.0, 2.5, 2.0]


def test_patience_is_out_after_so_many_looks_without_a_lower_loss() -> None:
    assert not looked([1.0, 2.0], patience=2)[0].impatient
    assert looked([1.0, 2.0, 2.0], patience=2)[0].impatient
    assert not looked([1.0, 2.0, 0.5], patience=2)[0].impatient


def test_while_the_body_rests_nothing_is_the_best_unless_it_ends_there() -> None:
    resting = (Phase("head", 12, 5, True), Phase("full", 12, 5, False))
    assert looked([1.0], phases=resting)[1].kept == []
    assert looked([1.0], phases=resting, stopped=True)[1].kept == [1.0]
