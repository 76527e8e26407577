"""The loop: exact resume in the middle of an epoch, stopping, patience, and a loss that is no number."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from core.errors import Stopped, UserProblem
from core.progress import Progress, ShouldStop, StopMode, never, silent
from core.training import checkpoints, loop
from core.training.loop import Trained, train
from core.training.plan import Plan

ROWS, WIDTH = 50, 6


class Line:
    """A small network with dropout that learns a line; validation counts how often it was asked."""

    def __init__(self, seed: int = 0, worse: bool = False) -> None:
        torch.manual_seed(seed)
        self.model = torch.nn.Sequential(
            torch.nn.Linear(WIDTH, 8), torch.nn.Dropout(0.3), torch.nn.Tanh(), torch.nn.Linear(8, 1)
        )
        self.rows = torch.randn(ROWS, WIDTH, generator=torch.Generator().manual_seed(7))
        self.targets = self.rows.sum(dim=1, keepdim=True)
        self.worse, self.validations = worse, 0

    def groups(self) -> list[dict[str, Any]]:
        body, head = list(self.model[0].parameters()), list(self.model[3].parameters())
        return [{"params": body, "lr": 0.01, "weight_decay": 0.01}, {"params": head, "lr": 0.05, "weight_decay": 0.0}]

    def loss(self, rows: np.ndarray) -> torch.Tensor:
        return torch.nn.functional.mse_loss(self.model(self.rows[rows]), self.targets[rows])

    def validate(self, should_stop: ShouldStop) -> dict[str, float]:
        self.validations += 1
        with torch.no_grad():
            loss = float(torch.nn.functional.mse_loss(self.model(self.rows), self.targets))
        return {"validation_loss": loss + (self.validations if self.worse else 0)}

    def better(self, new: dict[str, float], old: dict[str, float]) -> bool:
        return new["validation_loss"] < old["validation_loss"]

    def weights(self) -> dict[str, torch.Tensor]:
        return {name: value.clone() for name, value in self.model.state_dict().items()}


PLAN = Plan(
    lengths=np.arange(ROWS) % 9 + 1, batch_size=8, epochs=4, seed=3, fingerprint="line", checkpoint_steps=3, warmup=0.2
)


def go(trainee: Line, folder: Path, plan: Plan = PLAN, should_stop: ShouldStop = never) -> Trained:
    return train(trainee, plan, folder, report=silent, should_stop=should_stop)


def stop_at(question: int, mode: StopMode) -> Callable[[], StopMode | None]:
    asked = iter(range(10_000))
    return lambda: mode if next(asked) >= question else None


def same(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(one[name], other[name]) for name in one)


@pytest.mark.parametrize(
    "plan", [PLAN, replace(PLAN, accumulation=3, checkpoint_steps=2)], ids=["plain", "accumulated"]
)
@pytest.mark.parametrize("question", [1, 4, 7, 10, 13, 20, 26])
def test_cut_anywhere_and_resumed_gives_bit_identical_weights(plan: Plan, question: int, tmp_path: Path) -> None:
    whole, cut, resumed = Line(), Line(), Line(seed=99)  # the resumed one starts from other weights on purpose
    undisturbed = go(whole, tmp_path / "whole", plan)
    if question >= plan.steps:
        return
    with pytest.raises(Stopped):
        go(cut, tmp_path / "cut", plan, stop_at(question, "discard"))
    if question < plan.checkpoint_steps:
        resumed = Line()  # nothing was saved yet, so it begins anew
    again = go(resumed, tmp_path / "cut", plan)
    assert same(whole.weights(), resumed.weights())
    assert again.history == undisturbed.history
    assert again.best == undisturbed.best


def test_resume_really_skips_what_was_done(tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        go(Line(), tmp_path, should_stop=stop_at(20, "discard"))
    steps: list[int] = []
    trainee = Line()
    learnt = trainee.loss
    trainee.loss = lambda rows: steps.append(1) or learnt(rows)  # type: ignore[method-assign, func-returns-value]
    go(trainee, tmp_path)
    assert len(steps) <= PLAN.steps - 18


def test_keep_best_keeps_the_best_so_far(tmp_path: Path) -> None:
    trainee = Line()
    found = go(trainee, tmp_path, should_stop=stop_at(9, "keep_best"))
    assert found.stopped_early
    assert found.best["step"] == 9
    assert trainee.validations == 2


def test_keep_best_does_not_wait_for_a_long_validation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "PATIENT_SECONDS", -1.0)
    trainee = Line()
    found = go(trainee, tmp_path, should_stop=stop_at(9, "keep_best"))
    assert found.stopped_early
    assert found.best["step"] == PLAN.steps_an_epoch
    assert trainee.validations == 1


def test_keep_best_before_the_first_step_has_nothing_to_keep(tmp_path: Path) -> None:
    with pytest.raises(Stopped, match="nothing to keep"):
        go(Line(), tmp_path, should_stop=stop_at(0, "keep_best"))


def test_the_best_epoch_is_kept_not_the_last(tmp_path: Path) -> None:
    trainee = Line(worse=True)
    found = go(trainee, tmp_path)
    assert found.best["step"] == PLAN.steps_an_epoch
    kept = checkpoints.load(tmp_path, "best")
    assert kept is not None
    assert torch.equal(kept.tensors["weight/0.weight"], trainee.model[0].weight)


def test_patience_ends_the_training(tmp_path: Path) -> None:
    trainee = Line(worse=True)
    found = go(trainee, tmp_path, replace(PLAN, epochs=20, patience=2))
    assert found.out_of_patience
    assert trainee.validations == 3


def test_a_checkpoint_of_other_data_is_not_used(tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        go(Line(), tmp_path, should_stop=stop_at(10, "discard"))
    fresh, other = Line(), Line()
    go(fresh, tmp_path / "fresh", replace(PLAN, fingerprint="other"))
    go(other, tmp_path, replace(PLAN, fingerprint="other"))
    assert same(fresh.weights(), other.weights())


def test_a_damaged_checkpoint_is_passed_over(tmp_path: Path) -> None:
    whole, resumed = Line(), Line()
    go(whole, tmp_path / "whole")
    with pytest.raises(Stopped):
        go(Line(), tmp_path / "cut", should_stop=stop_at(10, "discard"))
    for path in (tmp_path / "cut").glob("last-*/tensors.safetensors"):
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(bytes(content))
    go(resumed, tmp_path / "cut")
    assert same(whole.weights(), resumed.weights())


def test_a_loss_that_is_no_number_is_a_sentence(tmp_path: Path) -> None:
    trainee = Line()
    trainee.targets = trainee.targets * float("nan")
    with pytest.raises(UserProblem, match="lower learning_rate"):
        go(trainee, tmp_path)


def test_only_last_and_best_stay_on_disk(tmp_path: Path) -> None:
    go(Line(), tmp_path)
    kinds = sorted(path.name.split("-")[0] for path in tmp_path.iterdir())
    assert kinds == ["best", "last"]


def test_curves_and_seconds_left_are_reported(tmp_path: Path) -> None:
    seen: list[Progress] = []
    train(Line(), PLAN, tmp_path, report=seen.append, should_stop=never)
    losses = [item.metrics["loss"] for item in seen if "loss" in item.metrics]
    assert len(losses) == PLAN.steps
    assert np.mean(losses[-5:]) < np.mean(losses[:5])
    trained = [item for item in seen if item.phase == "train"]
    assert trained[-1].step == trained[-1].steps == PLAN.steps
    assert trained[-1].seconds_left == 0
    assert all(item.rate and item.rate > 0 for item in trained)
    assert {item.phase for item in seen} == {"train", "evaluate"}


KILLED = """
import sys, time
from pathlib import Path
from tests.core.training.test_loop import Line, go
trainee = Line()
learnt = trainee.loss
trainee.loss = lambda rows: (time.sleep(0.05), learnt(rows))[1]
go(trainee, Path(sys.argv[1]))
"""


@pytest.mark.faults
def test_killed_by_the_kernel_in_mid_epoch_ends_the_same(tmp_path: Path) -> None:
    """kill -9 after the second checkpoint; the next process ends with the weights of an undisturbed run."""
    whole, resumed = Line(), Line()
    undisturbed = go(whole, tmp_path / "whole")
    folder = tmp_path / "killed"
    child = subprocess.Popen([sys.executable, "-c", KILLED, str(folder)], cwd=Path(__file__).parents[3], env=os.environ)
    deadline = time.monotonic() + 120
    while not list(folder.glob("last-[6-9]*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    assert go(resumed, folder).history == undisturbed.history
    assert same(whole.weights(), resumed.weights())
