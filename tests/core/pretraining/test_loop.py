"""The loop learns, stops, freezes a body while a new head warms up, and resumes bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from core.errors import Stopped, UserProblem
from core.pretraining.loop import TOLD, train
from core.pretraining.phases import Phase
from core.pretraining.plan import Plan
from core.pretraining.position import Trained
from core.pretraining.trainee import PretrainTrainee
from core.progress import Progress, StopMode, never, silent
from tests.core.pretraining.tiny_text import Counting, batch, tiny_model

FULL = (Phase("full", 12, 30, False),)
WARMED = (Phase("head", 12, 6, True), Phase("full", 12, 10, False))


def plan(stream: Counting, phases: tuple[Phase, ...] = FULL, **changes: Any) -> Plan:
    settings: dict[str, Any] = {
        "holdout": [batch(7918)], "tokens_a_batch": 96, "learning_rate": 5e-3, "fingerprint": "f", "seed": 3,
    }  # fmt: skip
    return Plan(phases, lambda length: stream, **{**settings, **changes})


def run(
    folder: Path, asked: Plan, should_stop: Callable[[], StopMode | None] = never, report: Any = silent
) -> tuple[Trained, PretrainTrainee]:
    trainee = PretrainTrainee(tiny_model(), "float32")
    return train(trainee, asked, folder, report=report, should_stop=should_stop), trainee


def weights(trainee: PretrainTrainee) -> list[torch.Tensor]:
    return [value.detach().clone() for value in trainee.model.parameters()]


def test_the_losses_fall_and_both_heads_are_told(tmp_path: Path) -> None:
    found, _ = run(tmp_path, plan(Counting(), (Phase("full", 12, 150, False),)))
    losses = [point["masked_loss"] for point in found.history if "masked_loss" in point]
    assert losses[-1] < 0.5 * losses[0]
    assert {"pair_loss", "pair_accuracy", "masked_accuracy"} <= set(found.history[0])
    assert found.best["validation_masked_loss"] < losses[0] and found.steps == 150 and found.tokens == 150 * 96


def test_the_body_rests_while_a_new_head_warms_up(tmp_path: Path) -> None:
    trainee = PretrainTrainee(tiny_model(), "float32")
    body = {name: value.detach().clone() for name, value in trainee.model.bert.encoder.named_parameters()}
    head = trainee.model.cls.predictions.transform.dense.weight.detach().clone()
    train(trainee, plan(Counting(), (Phase("head", 12, 5, True),)), tmp_path, report=silent, should_stop=never)
    assert all(torch.equal(value, body[name]) for name, value in trainee.model.bert.encoder.named_parameters())
    assert not torch.equal(trainee.model.cls.predictions.transform.dense.weight, head)


def test_a_warm_up_is_told_apart_from_the_training(tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    run(tmp_path, plan(Counting(), WARMED), report=lambda progress: told.append((progress.phase, progress.step)))
    steps = {phase: [step for name, step in told if name == phase] for phase in TOLD.values()}
    assert max(steps[TOLD["head"]]) == WARMED[0].steps < min(steps[TOLD["full"]])


class Interrupted(Exception):
    """A made-up crash."""


@pytest.mark.parametrize("crash_at", [3, 6, 7, 11, 15])
def test_a_crashed_run_goes_on_with_the_next_batch_and_ends_the_same(tmp_path: Path, crash_at: int) -> None:
    undisturbed = Counting()
    asked = plan(undisturbed, WARMED, checkpoint_steps=1)
    wanted, one = run(tmp_path / "whole", asked)
    stream = Counting()

    def crash(progress: Progress) -> None:
        if progress.phase in TOLD.values() and progress.step == crash_at:
            raise Interrupted

    with pytest.raises(Interrupted):
        run(tmp_path / "crashed", plan(stream, WARMED, checkpoint_steps=1), report=crash)
    found, other = run(tmp_path / "crashed", plan(stream, WARMED, checkpoint_steps=1))
    assert all(torch.equal(a, b) for a, b in zip(weights(one), weights(other), strict=True))
    assert found.history == wanted.history and found.best == wanted.best
    assert sorted(set(stream.given)) == sorted(set(undisturbed.given))


def test_checkpoints_of_other_parameters_are_not_gone_on_from(tmp_path: Path) -> None:
    run(tmp_path, plan(Counting(), (Phase("full", 12, 4, False),)))
    stream = Counting()
    found, _ = run(tmp_path, plan(stream, (Phase("full", 12, 4, False),), fingerprint="another"))
    assert found.steps == 4 and stream.given[0] == (0, 0)


def stop_after(steps: int, mode: StopMode) -> Callable[[], StopMode | None]:
    asked = iter(range(10_000))
    return lambda: mode if next(asked) >= steps else None


def test_stop_keeps_the_best_or_nothing(tmp_path: Path) -> None:
    found, _ = run(tmp_path / "best", plan(Counting()), stop_after(12, "keep_best"))
    assert found.stopped_early and 0 < found.steps < 30 and found.best
    with pytest.raises(Stopped, match="at step"):
        run(tmp_path / "none", plan(Counting()), stop_after(12, "discard"))
    with pytest.raises(Stopped, match="nothing to keep"):
        run(tmp_path / "first", plan(Counting()), lambda: "keep_best")


def test_a_loss_that_is_no_number_ends_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="no longer a number"):
        run(tmp_path, plan(Counting(), learning_rate=1e30))


def test_patience_ends_a_run_whose_holdout_gets_no_better(tmp_path: Path) -> None:
    found, _ = run(tmp_path, plan(Counting(), (Phase("full", 12, 400, False),), patience=2, learning_rate=0.05))
    assert found.out_of_patience and found.steps < 400


def test_a_corpus_without_examples_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="gives no example"):
        run(tmp_path, plan(Counting(size=0)))


def test_accumulated_batches_make_one_step(tmp_path: Path) -> None:
    stream = Counting(size=4)
    found, _ = run(tmp_path, plan(stream, (Phase("full", 12, 4, False),), accumulation=2))
    assert found.tokens == 4 * 2 * 96 and len(set(stream.given)) == 8


def test_stopped_in_a_look_at_the_holdout_it_goes_on_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.pretraining.loop.RECENT", -1.0)
    wanted, one = run(tmp_path / "whole", plan(Counting(), WARMED))
    looking: list[bool] = []

    def stop() -> StopMode | None:
        return "discard" if looking else None

    def told(progress: Progress) -> None:
        if progress.phase == "pre-train" and progress.step == 9 and progress.metrics:
            looking.append(True)

    with pytest.raises(Stopped, match="looked at the holdout"):
        run(tmp_path / "stopped", plan(Counting(), WARMED), stop, told)
    found, other = run(tmp_path / "stopped", plan(Counting(), WARMED))
    assert found.history == wanted.history and found.best == wanted.best
    assert all(torch.equal(a, b) for a, b in zip(weights(one), weights(other), strict=True))


def test_epochs_are_counted_on_over_phases(tmp_path: Path) -> None:
    found, _ = run(tmp_path, plan(Counting(size=4), (Phase("head", 12, 4, True), Phase("full", 12, 8, False))))
    assert [point["epoch"] for point in found.history if "masked_loss" in point] == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]
