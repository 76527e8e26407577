"""The worker's process: `python -m core.jobs.worker [--forever]`.

It serves until it is told to leave (SIGTERM). Started by `engine.ensure_worker` it holds the home's lock and leaves
after some idle minutes. It imports nothing of the science and polls with one cheap read, so an idle worker costs well
under 1 % of a core.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time

from core.jobs.lock import WorkerLock
from core.jobs.settings import EngineSettings
from core.jobs.supervising import Worker
from registry.home import Home
from registry.session import Registry

POLL = 0.5


class Bell:
    """Sleeps until a signal or a time limit: SIGCHLD wakes the worker, SIGTERM and SIGINT tell it to leave."""

    def __init__(self) -> None:
        self.rung = False
        self._hear, self._ring = os.pipe()
        for descriptor in (self._hear, self._ring):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(self._ring, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._leave)

    def _leave(self, *_: object) -> None:
        self.rung = True

    def wait(self, seconds: float) -> None:
        """Sleep, at most `seconds`."""
        if select.select([self._hear], [], [], seconds)[0]:
            with contextlib.suppress(BlockingIOError):
                os.read(self._hear, 512)


def serve(worker: Worker, bell: Bell, lock: WorkerLock, *, forever: bool) -> None:
    """Work until told to leave; an embedded worker also leaves when it was idle for long."""
    busy = time.monotonic()
    while not bell.rung:
        if _round(worker):
            busy = time.monotonic()
        elif not forever and time.monotonic() - busy > worker.settings.idle and _nothing_left(worker, lock):
            return
        bell.wait(POLL)
    worker.leave()


def _round(worker: Worker) -> bool:
    """One step; a database that does not answer is asked again at the next round."""
    try:
        return worker.step()
    except Exception as error:  # noqa: BLE001 - the worker outlives its database
        sys.stderr.write(f"The registry does not answer ({type(error).__name__}); asking again.\n")
        return True


def _nothing_left(worker: Worker, lock: WorkerLock) -> bool:
    """Give the lock back, then look once more: who submitted meanwhile saw it held and started no worker."""
    lock.drop()
    return not worker.step() or not lock.take()


def main(arguments: list[str]) -> int:
    """`python -m core.jobs.worker [--forever] [--lock DESCRIPTOR]`; returns the exit code."""
    forever = "--forever" in arguments
    handed = int(arguments[arguments.index("--lock") + 1]) if "--lock" in arguments else None
    bell, settings, home = Bell(), EngineSettings.from_environment(), Home.from_environment()
    registry = Registry.open(home, migrate=False)
    lock = WorkerLock(home.root, handed)
    if lock.descriptor is None and not lock.take() and not forever:
        return 0  # a worker of this home lives already
    lock.sign()
    serve(Worker(registry, settings), bell, lock, forever=forever)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
