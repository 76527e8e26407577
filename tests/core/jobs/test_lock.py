"""One worker a home: the lock goes with the process that holds it, and can be handed over without a gap."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from core.jobs.lock import WorkerLock, holder


def test_the_second_taker_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    first, second = WorkerLock(tmp_path), WorkerLock(tmp_path)
    assert first.take() and not second.take()
    first.sign()
    assert holder(tmp_path) == os.getpid()
    first.drop()
    assert holder(tmp_path) is None and second.take()
    second.drop()


def test_a_lock_handed_to_a_child_outlives_the_giver(tmp_path: Path) -> None:
    lock = WorkerLock(tmp_path)
    assert lock.take() and lock.descriptor is not None
    child = subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(lock.descriptor,), text=True
    )
    lock.drop()
    assert not WorkerLock(tmp_path).take()
    child.communicate("\n")
    assert holder(tmp_path) is None
