"""Every way an attempt can end, and what becomes of the run."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from core.errors import OutOfMemory, Stopped, UserProblem
from core.jobs import ending, memory
from core.jobs.settings import EngineSettings
from registry import runs
from registry.errors import NotFound, Unavailable
from registry.records import Run
from registry.session import Registry

SETTINGS = EngineSettings()


@pytest.fixture
def run(registry: Registry) -> Run:
    with registry.begin() as session:
        runs.submit(session, kind="fine_tune", title="t", config={}, who="tester")
        claimed = runs.claim(session, worker="tester")
    assert claimed is not None
    return claimed


def end(error: BaseException, run: Run, place: Path, stop: str | None = None, left: bool = False) -> ending.Ending:
    return ending.of_error(error, run, place, SETTINGS, stop, left)  # type: ignore[arg-type]


def test_stop_cancels_and_a_leaving_worker_gives_back_without_a_fault(run: Run, tmp_path: Path) -> None:
    assert end(Stopped(), run, tmp_path, "discard").verdict == "cancelled"
    assert end(Stopped(), run, tmp_path, "discard", left=True).verdict == "cancelled"
    leaving = end(Stopped(), run, tmp_path, None, left=True)
    assert (leaving.verdict, leaving.counted, leaving.delay) == ("give_back", False, 0.0)


@pytest.mark.parametrize("error", [UserProblem("The soup is cold."), NotFound("There is no soup.")])
def test_a_persons_problem_fails_with_its_own_sentence(error: Exception, run: Run, tmp_path: Path) -> None:
    found = end(error, run, tmp_path)
    assert (found.verdict, found.kind, found.reason) == ("failed", "user", str(error))


@pytest.mark.parametrize("error", [Unavailable("busy"), OSError(errno.ENOSPC, "full")])
def test_passing_troubles_are_tried_again_later(error: Exception, run: Run, tmp_path: Path) -> None:
    found = end(error, run, tmp_path)
    assert (found.verdict, found.delay, found.counted) == ("give_back", 5.0, True)


def test_a_defect_fails_at_once_and_says_no_more_than_its_type(run: Run, tmp_path: Path) -> None:
    found = end(ValueError("a text of somebody"), run, tmp_path)
    assert (found.verdict, found.kind) == ("failed", "defect")
    assert "ValueError" in found.reason and "somebody" not in found.reason


def test_memory_gets_one_retry_with_half_the_batch(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "checkpoints"
    first = end(OutOfMemory("Memory ran out.", ""), run, place)
    assert first.verdict == "give_back" and memory.halvings(place) == 1
    second = end(OutOfMemory("Memory ran out.", ""), run, place)
    assert (second.verdict, second.kind) == ("failed", "out_of_memory") and "smaller batch" in second.reason


def test_deaths_fail_the_run_at_the_third(registry: Registry, run: Run) -> None:
    now = run
    for failures in (1, 2, 3):
        now = ending.write(registry, now, ending.of_death(now, -9, EngineSettings(backoff=(0.0,))))
        assert now.failures == failures
        if failures < 3:
            assert now.status == "queued"
            with registry.begin() as session:
                now = runs.claim(session, worker="tester") or now
    assert (now.status, now.error_kind) == ("failed", "lost")
    assert "killed by signal 9" in now.error and "3 times" in now.error
