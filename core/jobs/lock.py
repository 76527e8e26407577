"""One embedded worker per home: an flock on `worker.lock`, held as long as the process lives, whatever ends it.

The lock is taken by whoever starts a worker and handed over as an open file, so there is no moment between "no worker
lives" and "the new one holds the lock" in which a second could be started.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class WorkerLock:
    """The lock of one home folder; not held until `take` says so."""

    def __init__(self, root: Path, descriptor: int | None = None) -> None:
        self._path, self.descriptor = root / "worker.lock", descriptor

    def take(self) -> bool:
        """Take the lock without waiting; False when another process holds it."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self.descriptor = descriptor
        return True

    def sign(self) -> None:
        """Write this process's id into the lock, for `doctor` and people."""
        if self.descriptor is not None:
            os.ftruncate(self.descriptor, 0)
            os.pwrite(self.descriptor, f"{os.getpid()}\n".encode(), 0)

    def drop(self) -> None:
        """Close our copy; the lock is free once no process has one."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None


def holder(root: Path) -> int | None:
    """The process id of the living worker of this home, or None."""
    lock = WorkerLock(root)
    if lock.take():
        lock.drop()
        return None
    text = lock._path.read_text(encoding="ascii").strip()
    return int(text) if text.isdigit() else 0
