"""What fault tests stand on: one registry, real workers with fast leases, and a journal that every run writes into."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from registry import runs
from registry.records import Run
from registry.session import Registry

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LEASE = 6.0
KINDS = {
    "count": "training",
    "deaf": "light",
    "publishing": "light",
    "poison": "light",
    "refused": "light",
    "defect": "light",
    "hungry": "training",
}
FAST = {
    "AMONTILLADO_LEASE_SECONDS": f"{LEASE:g}",
    "AMONTILLADO_HEARTBEAT_SECONDS": "1.5",
    "AMONTILLADO_BACKOFF_SECONDS": "0.2",
    "AMONTILLADO_RUN_THREADS": "1",
    "AMONTILLADO_EXTRA_KINDS": ",".join(f"{name}=fault_kinds:{name}:{slot}" for name, slot in KINDS.items()),
    "PYTHONPATH": str(HERE),
    "OMP_NUM_THREADS": "1",
}


class Ground:
    """One registry with workers that a test starts, hurts and watches."""

    def __init__(self, registry: Registry, journal: Path) -> None:
        self.registry, self.journal = registry, journal
        self.workers: list[subprocess.Popen[bytes]] = []

    def worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """Start a real worker."""
        process = subprocess.Popen(
            [sys.executable, "-m", "core.jobs.worker", "--forever"],
            cwd=ROOT,
            env={**os.environ, **environment},
            start_new_session=True,
        )
        self.workers.append(process)
        return process

    def submit(self, kind: str, **config: Any) -> Run:
        """Queue a run of a fake kind that writes into the journal."""
        with self.registry.begin() as session:
            return runs.submit(
                session, kind=kind, title=kind, config={"journal": str(self.journal), **config}, who="tester"
            )

    def run(self, run_id: str) -> Run:
        with self.registry.read() as session:
            return runs.get(session, run_id)

    def stop(self, run_id: str, mode: str = "discard") -> None:
        with self.registry.begin() as session:
            runs.request_stop(session, run_id, mode, "tester")

    def until(self, true: Callable[[], Any], seconds: float = 30.0) -> float:
        """Wait until `true()`; returns the seconds it took, fails the test after `seconds`."""
        start = time.monotonic()
        while not true():
            if time.monotonic() - start > seconds:
                pytest.fail(f"nothing came of it within {seconds:g} s; journal: {self.lines()}; runs: {self._state()}")
            time.sleep(0.05)
        return time.monotonic() - start

    def over(self, run: Run, seconds: float = 30.0) -> Run:
        """Wait for the end of a run and return it."""
        self.until(lambda: self.run(run.id).over, seconds)
        return self.run(run.id)

    def lines(self) -> list[tuple[int, int, str]]:
        """The journal: (attempt, process id, what)."""
        if not self.journal.exists():
            return []
        parts = [line.split(" ", 2) for line in self.journal.read_text().splitlines()]
        return [(int(attempt), int(process), what) for attempt, process, what in parts]

    def said(self, what: str) -> list[tuple[int, int, str]]:
        return [line for line in self.lines() if line[2].startswith(what)]

    def run_processes(self) -> list[psutil.Process]:
        """Living run processes of this registry, frozen ones included."""
        found = []
        for process in psutil.process_iter(["cmdline"]):
            with suppress(psutil.Error):
                command = process.info["cmdline"] or []
                if "core.jobs.run" in command and self._ours(process):
                    found.append(process)
        return found

    def _ours(self, process: psutil.Process) -> bool:
        alive = process.status() != psutil.STATUS_ZOMBIE
        return alive and process.environ().get("AMONTILLADO_HOME") == str(self.registry.home.root)

    def _state(self) -> list[tuple[str, str, int, str]]:
        with self.registry.read() as session:
            return [(run.kind, run.status, run.attempt, run.error) for run in runs.listing(session)]

    def clear(self) -> None:
        """End every worker and run that this test started."""
        for process in self.workers:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait()
        for process in self.run_processes():
            with suppress(psutil.Error):
                process.kill()
