"""F6: Stop at every phase of a run: the status is right, it comes quickly, and nobody is left alive."""

from __future__ import annotations

import pytest
from fault_ground import Ground

COOPERATIVE = 4.0  # promised are 2 s on a quiet machine
HARD = 25.0


def test_a_queued_run_is_cancelled_at_once(ground: Ground) -> None:
    run = ground.submit("count", steps=5)
    ground.stop(run.id)
    assert ground.run(run.id).status == "cancelled"
    ground.worker()
    other = ground.submit("deaf", seconds=0)
    assert ground.over(other).status == "finished"
    assert ground.lines() == [line for line in ground.lines() if line[2] in ("deaf", "recorded")]


@pytest.mark.usefixtures("repeat")
def test_a_starting_run_is_cancelled_before_it_does_anything(ground: Ground) -> None:
    ground.worker()
    run = ground.submit("count", steps=500, seconds=0.1)
    ground.until(lambda: ground.run(run.id).status == "running")
    ground.stop(run.id)
    ended = ground.over(run, 15)
    assert ended.status == "cancelled" and len(ground.said("step")) <= 2
    ground.until(lambda: not ground.run_processes(), 5)


@pytest.mark.usefixtures("repeat")
def test_a_running_run_hears_stop_within_seconds(ground: Ground) -> None:
    ground.worker()
    run = ground.submit("count", steps=500, seconds=0.1)
    ground.until(lambda: ground.said("step 3"))
    ground.stop(run.id)
    took = ground.until(lambda: ground.run(run.id).over, 25)
    assert ground.run(run.id).status == "cancelled" and took < COOPERATIVE
    ground.until(lambda: not ground.run_processes(), 5)
    assert not (ground.registry.home.checkpoints / run.id).exists()
    print(f"cooperative stop: {took:.2f} s")


def test_stop_can_keep_the_best_so_far(ground: Ground) -> None:
    ground.worker()
    run = ground.submit("count", steps=500, seconds=0.1)
    ground.until(lambda: ground.said("step 3"))
    ground.stop(run.id, "keep_best")
    ended = ground.over(run, 10)
    assert ended.status == "finished" and len(ground.said("recorded")) == 1


@pytest.mark.usefixtures("repeat")
def test_a_publishing_run_leaves_no_files_when_it_is_cancelled(ground: Ground) -> None:
    ground.worker()
    run = ground.submit("publishing", seconds=30)
    ground.until(lambda: ground.said("published"))
    key = ground.said("published")[0][2].split()[1]
    assert key in ground.registry.artifacts.stored()
    ground.stop(run.id)
    ended = ground.over(run, 10)
    assert ended.status == "cancelled" and not ground.said("recorded")
    ground.until(lambda: key not in ground.registry.artifacts.stored(), 5)


@pytest.mark.parametrize(("stubborn", "within"), [(False, 15), (True, HARD)], ids=["to the flag", "to SIGTERM too"])
def test_a_deaf_run_is_ended_by_force(ground: Ground, stubborn: bool, within: float) -> None:
    ground.worker()
    run = ground.submit("deaf", stubborn=stubborn)
    ground.until(lambda: ground.said("deaf"))
    ground.stop(run.id)
    took = ground.until(lambda: ground.run(run.id).over, within)
    assert ground.run(run.id).status == "cancelled"
    ground.until(lambda: not ground.run_processes(), 5)
    print(f"hard stop: {took:.2f} s")
