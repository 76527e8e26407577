"""F26: what an idle worker costs."""

from __future__ import annotations

import time

import psutil
from fault_ground import Ground

SECONDS = 12.0


def test_an_idle_worker_costs_next_to_nothing(ground: Ground) -> None:
    worker = psutil.Process(ground.worker().pid)
    done = ground.submit("deaf", seconds=0)
    ground.over(done)
    time.sleep(1)
    before = sum(worker.cpu_times()[:2])
    time.sleep(SECONDS)
    share = (sum(worker.cpu_times()[:2]) - before) / SECONDS
    resident = worker.memory_info().rss / 1e6
    print(f"idle worker: {share:.2%} of a core, {resident:.0f} MB")
    assert share <= 0.01 and resident <= 60
