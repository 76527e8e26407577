"""One attempt at one run, in a process of its own: `python -m core.jobs.run RUN_ID ATTEMPT`.

The same command runs a run everywhere. It reads its parameters from the registry, holds its lease, writes progress and
log back, and publishes what it made. SIGTERM means: keep what is on disk, give the run back, leave. Exit codes: 0 when
the row says how it ended, 3 when the run was lost to another attempt; anything else is a death the worker reports.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from core.errors import Stopped
from core.jobs import ending, memory
from core.jobs.kinds import kinds
from core.jobs.lease import LOST, Lease
from core.jobs.log import RunLog, run_logger, safe_traceback
from core.jobs.publish import publish, take_back
from core.jobs.settings import EngineSettings
from core.jobs.task import Outcome, Task
from core.jobs.tidy import tidy
from registry import runs
from registry.errors import Lost
from registry.home import Home
from registry.records import Run
from registry.session import Registry

if TYPE_CHECKING:
    from logging import Logger

PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def main(arguments: list[str]) -> int:
    """Run the attempt named on the command line; returns the exit code."""
    run_id, attempt, settings = arguments[0], int(arguments[1]), EngineSettings.from_environment()
    if not end_with_parent():
        return LOST
    os.nice(10)
    memory.limit(settings.memory_mb)
    registry = Registry.open(Home.from_environment(), migrate=False)
    with registry.read() as session:
        run = runs.get(session, run_id)
    return LOST if run.attempt != attempt else attempt_at(registry, run, settings)


def end_with_parent() -> bool:
    """Ask the kernel for SIGTERM when the worker dies; False when it is dead already."""
    parent = os.environ.get("AMONTILLADO_PARENT")
    if parent is None or not sys.platform.startswith("linux"):
        return True
    ctypes.CDLL(None, use_errno=True).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)
    return os.getppid() == int(parent)


def attempt_at(registry: Registry, run: Run, settings: EngineSettings) -> int:
    """Hold the lease, do the work, write how it ended."""
    log = RunLog()
    lease = Lease(registry, run.id, run.attempt, settings, log)
    signal.signal(signal.SIGTERM, lambda *_: _leave_now(lease))
    try:
        lease.start()
        _work(registry, run, settings, lease, run_logger(log))
    except Lost:
        return LOST
    return 0


def _leave_now(lease: Lease) -> None:
    """SIGTERM: stop at the next chance; at once when a person asked to stop and the science did not look."""
    lease.terminate()
    if lease.interruptible and lease.stop_request == "discard":
        raise Stopped


def _work(registry: Registry, run: Run, settings: EngineSettings, lease: Lease, log: Logger) -> None:
    task = _task(registry, run, lease, log)
    over = False
    try:
        with lease.working():
            outcome = _kind(run)(task)
        lease.close()
        publish(task, outcome, lease.should_stop())
        over = True
    except Lost:
        take_back(task)
        raise
    except BaseException as error:  # noqa: BLE001 - every end is written down
        over = take_back(task) or _ended(task, settings, lease, error)
    _leave(task, over=over)


def _ended(task: Task, settings: EngineSettings, lease: Lease, error: BaseException) -> bool:
    """Write how the attempt ended; True when the run is over."""
    end = ending.of_error(error, task.run, task.checkpoints, settings, lease.stop_request, lease.left)
    if end.kind in ("defect", "out_of_memory"):
        task.log.error("%s", safe_traceback(error))
    task.log.info("%s", end.reason or "Stopped.")
    lease.close()
    return ending.write(task.registry, task.run, end).over


def _kind(run: Run) -> Callable[[Task], Outcome]:
    return kinds()[run.kind].load()


def _task(registry: Registry, run: Run, lease: Lease, log: Logger) -> Task:
    checkpoints = registry.home.checkpoints / run.id
    scratch = registry.home.scratch / f"{run.id}-{run.attempt}"
    for folder in (checkpoints, scratch):
        folder.mkdir(parents=True, exist_ok=True)
    log.info("Attempt %d of %d begins.", run.attempt, run.max_attempts)
    return Task(registry, run, lease.report, lease.should_stop, log, scratch, checkpoints, memory.halvings(checkpoints))


def _leave(task: Task, *, over: bool) -> None:
    shutil.rmtree(task.scratch, ignore_errors=True)
    if over:
        tidy(task.registry, task.run)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
