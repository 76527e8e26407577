"""Making sure that a worker lives while there is work: called after each submit and by pages that show waiting runs."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from core.errors import UserProblem
from core.jobs.executor import ROOT, environment, executor
from core.jobs.lock import WorkerLock
from core.jobs.settings import EngineSettings
from registry import runs

if TYPE_CHECKING:
    from registry.session import Registry


def ensure_worker(registry: Registry) -> bool:
    """Start the embedded worker when runs wait and none lives; True when one was started.

    It is a process of its own session: it outlives the page or shell that started it. With AMONTILLADO_WORKER=external
    somebody else runs the workers and nothing is started here.
    """
    check_engine(registry)
    if not _embedded() or not _work_waits(registry):
        return False
    lock = WorkerLock(registry.home.root)
    if not lock.take():
        return False
    try:
        _start(registry, lock)
    finally:
        lock.drop()
    return True


def check_engine(registry: Registry) -> None:
    """UserProblem when the engine's settings cannot be meant; asked before a run is queued."""
    executor(registry.home, EngineSettings.from_environment())
    _embedded()


def _start(registry: Registry, lock: WorkerLock) -> None:
    command = [sys.executable, "-m", "core.jobs.worker", "--lock", str(lock.descriptor)]
    registry.home.logs.mkdir(parents=True, exist_ok=True)
    with (registry.home.logs / "worker.log").open("ab") as log:
        subprocess.Popen(
            command, cwd=ROOT, env=environment(registry.home), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True, pass_fds=(lock.descriptor or 0,),
        )  # fmt: skip


def _embedded() -> bool:
    setting = os.environ.get("AMONTILLADO_WORKER", "embedded")
    if setting not in ("embedded", "external"):
        raise UserProblem(f"AMONTILLADO_WORKER is {setting!r}.", "It must be embedded or external.")
    return setting == "embedded"


def _work_waits(registry: Registry) -> bool:
    with registry.read() as session:
        return runs.queued_or_running(session) > 0
