"""The hold on a run: what reaches the row, what is heard back, and who has to leave."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import Any

import pytest

from core.jobs.lease import LOST, Lease
from core.jobs.log import RunLog
from core.jobs.settings import EngineSettings
from core.progress import Progress
from registry import runs
from registry.errors import Lost, Unavailable
from registry.records import Run
from registry.session import Registry


@pytest.fixture
def run(registry: Registry) -> Run:
    with registry.begin() as session:
        runs.submit(session, kind="nap", title="nap", config={}, who="tester")
        claimed = runs.claim(session, worker="tester", ttl=60)
    assert claimed is not None
    return claimed


def lease(registry: Registry, run: Run, left: list[int] | None = None, **settings: Any) -> Lease:
    def leave(code: int) -> None:
        assert left is not None
        left.append(code)

    return Lease(registry, run.id, run.attempt, EngineSettings(**settings), RunLog(), leave)


def now(registry: Registry, run: Run) -> Run:
    with registry.read() as session:
        return runs.get(session, run.id)


def test_progress_measurements_and_log_reach_the_row(registry: Registry, run: Run) -> None:
    held = lease(registry, run)
    held._log.note("hello")
    held.report(Progress("train", step=1, steps=9, rate=2.5, metrics={"loss": 0.5}))
    held.report(Progress("train", step=2, steps=9, epoch=0.2, metrics={"loss": 0.4}))
    held.beat()
    row = now(registry, run)
    assert row.progress == {
        "phase": "train", "step": 2, "steps": 9, "epoch": 0.2, "rate": None, "seconds_left": None,
    }  # fmt: skip
    assert "hello" in row.log
    with registry.read() as session:
        points = runs.measurements(session, run.id)
    assert [(point.step, point.metrics) for point in points] == [(1, {"loss": 0.5}), (2, {"loss": 0.4})]


def test_stop_is_heard_within_a_second(registry: Registry, run: Run) -> None:
    held = lease(registry, run)
    held.start()
    assert held.should_stop() is None
    with registry.begin() as session:
        runs.request_stop(session, run.id, "keep_best", "tester")
    deadline = time.monotonic() + 10
    while held.should_stop() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert held.should_stop() == "keep_best"
    held.close()


def test_a_signal_means_stop_without_a_wish_of_a_person(registry: Registry, run: Run) -> None:
    held = lease(registry, run)
    held.terminate()
    assert held.should_stop() == "discard" and held.stop_request is None and held.left


def test_who_lost_the_run_cannot_beat(registry: Registry, run: Run) -> None:
    held = lease(registry, run)
    with registry.begin() as session:
        runs.give_back(session, run.id, run.attempt, "test", delay=0)
        assert runs.claim(session, worker="other") is not None
    with pytest.raises(Lost):
        held.beat()


def test_who_was_frozen_past_its_lease_asks_before_the_next_step_and_leaves(registry: Registry, run: Run) -> None:
    left: list[int] = []
    held = lease(registry, run, left, lease=0.2, heartbeat=0.1)
    with registry.begin() as session:
        runs.give_back(session, run.id, run.attempt, "test", delay=0)
    held.should_stop()
    assert left == []
    time.sleep(0.25)
    held.report(Progress("train", step=1))
    assert left == [LOST]


def test_what_could_not_be_stored_is_stored_later(
    registry: Registry, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = lease(registry, run)
    held._log.note("hello")
    held.report(Progress("train", step=1, metrics={"loss": 0.5}))

    @contextmanager
    def away() -> Any:
        raise Unavailable("busy")
        yield

    with monkeypatch.context() as patch:
        patch.setattr(registry, "begin", away)
        with pytest.raises(Unavailable):
            held.beat()
    held.report(Progress("train", step=2, metrics={"loss": 0.4}))
    held.beat()
    with registry.read() as session:
        assert [point.step for point in runs.measurements(session, run.id)] == [1, 2]
    assert "hello" in now(registry, run).log


def test_only_while_the_science_works_may_a_signal_interrupt(registry: Registry, run: Run) -> None:
    held = lease(registry, run)
    assert not held.interruptible
    with held.working():
        assert held.interruptible
    assert not held.interruptible
