"""F4: a run is frozen past its lease; another attempt takes over, and the thawed one writes nothing."""

from __future__ import annotations

import os
import signal

import psutil
import pytest
from fault_ground import LEASE, Ground


@pytest.mark.usefixtures("repeat")
def test_a_frozen_worker_and_run_are_replaced_and_write_nothing_when_they_thaw(ground: Ground) -> None:
    first = ground.worker()
    run = ground.submit("count", steps=60, seconds=0.2)
    ground.until(lambda: ground.said("step 3"))
    frozen = ground.lines()[-1][1]
    first.send_signal(signal.SIGSTOP)
    os.kill(frozen, signal.SIGSTOP)
    ground.worker()
    ground.until(lambda: [line for line in ground.said("step") if line[0] == 2], LEASE + 15)
    before = len([line for line in ground.lines() if line[1] == frozen])
    os.kill(frozen, signal.SIGCONT)
    first.send_signal(signal.SIGCONT)
    ground.until(lambda: not _alive(frozen), 10)
    assert len([line for line in ground.lines() if line[1] == frozen]) == before
    ended = ground.over(run)
    assert (ended.status, ended.attempt, ended.result) == ("finished", 2, {"attempt": 2})
    assert len(ground.said("recorded")) == 1


def test_a_worker_ends_its_own_frozen_run_and_starts_it_again(ground: Ground) -> None:
    ground.worker()
    run = ground.submit("count", steps=20, seconds=0.1)
    ground.until(lambda: ground.said("step 3"))
    frozen = ground.lines()[-1][1]
    os.kill(frozen, signal.SIGSTOP)
    ended = ground.over(run, LEASE + 20)
    assert (ended.status, ended.attempt) == ("finished", 2) and not _alive(frozen)
    assert len(ground.said("recorded")) == 1


def _alive(process: int) -> bool:
    return psutil.pid_exists(process) and psutil.Process(process).status() != psutil.STATUS_ZOMBIE
