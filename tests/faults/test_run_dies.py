"""F1, F2, F23: processes are killed while they work; the run goes on, or is given up, and ends once."""

from __future__ import annotations

import os
import signal
import time

import pytest
from fault_ground import LEASE, Ground


@pytest.mark.usefixtures("repeat")
def test_a_killed_run_resumes_from_its_checkpoint_and_ends_once(ground: Ground) -> None:
    ground.worker()
    run = ground.submit("count", steps=12, seconds=0.15)
    ground.until(lambda: ground.said("step 5"))
    os.kill(ground.lines()[-1][1], signal.SIGKILL)
    back = ground.until(lambda: _second_attempt(ground))
    print(f"killed run: back at work after {back:.1f} s")
    ended = ground.over(run)
    assert ended.status == "finished" and ended.result == {"attempt": 2}
    steps = [what for _, _, what in ground.lines() if what.startswith("step")]
    assert set(steps) == {f"step {number}" for number in range(12)}
    assert len(steps) <= 13  # at most the step in which it was killed is done again
    assert len(ground.said("recorded")) == 1


@pytest.mark.usefixtures("repeat")
def test_a_killed_worker_takes_its_run_along_and_the_next_worker_goes_on(ground: Ground) -> None:
    worker = ground.worker()
    run = ground.submit("count", steps=12, seconds=0.15)
    ground.until(lambda: ground.said("step 3"))
    child = ground.lines()[-1][1]
    worker.kill()
    os.kill(child, signal.SIGKILL)
    killed = time.monotonic()
    ground.worker()
    back = ground.until(lambda: _second_attempt(ground))
    print(f"killed worker and run: taken over after {back:.1f} s, lease {LEASE:g} s")
    ended = ground.over(run)
    assert (ended.status, ended.attempt, ended.error) == ("finished", 2, ""), ended.log
    assert time.monotonic() - killed < LEASE + 15
    assert len(ground.said("recorded")) == 1


def test_a_run_whose_worker_alone_is_killed_gives_itself_back(ground: Ground) -> None:
    worker = ground.worker()
    run = ground.submit("count", steps=100, seconds=0.1)
    ground.until(lambda: ground.said("step 3"))
    worker.kill()
    took = ground.until(lambda: ground.run(run.id).status == "queued", 10)
    print(f"killed worker: its run gave itself back after {took:.1f} s")
    assert took < LEASE  # it did not have to wait for its lease to run out
    assert ground.run(run.id).failures == 0
    ground.until(lambda: not ground.run_processes(), 5)


def test_a_worker_told_to_leave_gives_its_run_back_at_once(ground: Ground) -> None:
    worker = ground.worker()
    run = ground.submit("count", steps=100, seconds=0.1)
    ground.until(lambda: ground.said("step 3"))
    told = time.monotonic()
    worker.terminate()
    assert worker.wait(timeout=10) == 0
    print(f"worker told to leave: gone after {time.monotonic() - told:.1f} s")
    after = ground.run(run.id)
    assert after.status == "queued" and after.failures == 0 and not ground.run_processes()
    ground.worker()
    ground.until(lambda: [line for line in ground.said("step") if line[0] == 2])
    first = next(line for line in ground.said("step") if line[0] == 2)
    assert first[2] not in ("step 0", "step 1", "step 2")


def test_poison_is_given_up_after_three_attempts_and_delays_nobody(ground: Ground) -> None:
    ground.worker(AMONTILLADO_BACKOFF_SECONDS="1.5")
    poison = ground.submit("poison")
    others = [ground.submit("deaf", seconds=0) for _ in range(3)]
    ended = ground.over(poison, 40)
    assert ended.status == "failed" and ended.error_kind == "lost" and ended.failures == 3
    assert "3 times" in ended.error and "signal 11" in ended.error
    assert len(ground.said("poison")) == 3
    for other in others:
        assert ground.over(other).status == "finished"
    order = [what for _, _, what in ground.lines() if what != "recorded"]
    for place, what in enumerate(order):
        rest = order[place + 1 :]
        if what == "poison" and "deaf" in rest:
            assert rest[0] == "deaf", order  # after each attempt it is somebody else's turn


def test_a_users_problem_and_a_defect_are_not_tried_again(ground: Ground) -> None:
    ground.worker()
    refused, defect = ground.submit("refused"), ground.submit("defect")
    told, broken = ground.over(refused), ground.over(defect)
    assert (told.status, told.error_kind, told.attempt) == ("failed", "user", 1)
    assert told.error == "The soup is cold. Hot soup was wanted. Warm it."
    assert (broken.status, broken.error_kind, broken.attempt) == ("failed", "defect", 1)
    assert (
        "KeyError" in broken.log and "fault_kinds.py" in broken.log and str(ground.registry.home.root) not in broken.log
    )


def _second_attempt(ground: Ground) -> bool:
    return any(attempt == 2 and what.startswith("step") for attempt, _, what in ground.lines())
