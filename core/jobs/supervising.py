"""Looking after runs: claim them by free slots, start their processes, make Stop happen, clean up after the dead.

Everything it knows stands in the registry; a supervisor can be killed at any moment, and the next one goes on.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from dataclasses import dataclass, field

from core.jobs import ending, memory
from core.jobs.executor import Executor, Started, executor
from core.jobs.kinds import kinds
from core.jobs.settings import EngineSettings
from core.jobs.tidy import tidy
from registry import runs
from registry.errors import Lost, NotFound
from registry.records import Run
from registry.session import Registry

LEAVE_SECONDS = 25.0  # a run that was told to leave has this long to put its state on disk
AFTER_END = 30.0  # a process whose row is over has this long to clean up


@dataclass
class Child:
    """A started attempt, and since when it should have stopped (monotonic seconds)."""

    run: Run
    process: Started
    kernel_kills: int = field(default_factory=memory.kernel_kills)
    stop_since: float | None = None
    over_since: float | None = None
    terminated: bool = False


class Worker:
    """Serves one registry; `step` is one round, `serve` goes on until told to leave or idle for too long."""

    def __init__(self, registry: Registry, settings: EngineSettings, starter: Executor | None = None) -> None:
        self.registry, self.settings = registry, settings
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.children: list[Child] = []
        self.leaving = False
        self._executor = starter or executor(registry.home, settings)
        self._slots = {"training": settings.training_slots, "light": settings.light_slots}

    def step(self) -> bool:
        """Reap, stop what must stop, claim what fits; True while there is anything queued or running."""
        self._reap()
        for child in self.children:
            self._watch(child)
        with self.registry.read() as session:
            waiting = runs.queued_or_running(session) > 0
        while waiting and not self.leaving and self._claim():
            pass
        return waiting or bool(self.children)

    def leave(self) -> None:
        """Tell all runs to leave, wait for them, and give back those that did not manage to."""
        self.leaving, deadline = True, time.monotonic() + LEAVE_SECONDS
        for child in self.children:
            child.process.terminate()
        while self.children and time.monotonic() < deadline:
            self._reap()
            time.sleep(0.05)
        for child in self.children:
            child.process.kill()
        while self.children:
            self._reap()
            time.sleep(0.05)

    def _claim(self) -> bool:
        free = [kind.name for kind in kinds().values() if self._taken(kind.slot) < self._slots[kind.slot]]
        if not free:
            return False
        with self.registry.begin() as session:
            run = runs.claim(session, worker=self.name, kinds=free, ttl=self.settings.lease)
        if run is not None:
            self.children.append(Child(run, self._executor.start(run)))
        return run is not None

    def _taken(self, slot: str) -> int:
        return sum(kinds()[child.run.kind].slot == slot for child in self.children)

    def _reap(self) -> None:
        for child in list(self.children):
            code = child.process.exit_code()
            if code is not None:
                self.children.remove(child)
                self._buried(child, code)

    def _buried(self, child: Child, code: int) -> None:
        """The process is gone: if its row still says running, nobody else will write how it ended."""
        now = self._row(child)
        if now is None or now.status != "running" or now.attempt != child.run.attempt:
            return
        end = self._ending(child, now, code)
        with contextlib.suppress(Lost):
            if ending.write(self.registry, now, end).over:
                tidy(self.registry, now)

    def _ending(self, child: Child, now: Run, code: int) -> ending.Ending:
        if now.stop_request == "discard":
            return ending.Ending("cancelled")
        if self.leaving:
            return ending.Ending("give_back", "The worker was stopped.", counted=False)
        if code == -signal.SIGKILL and memory.kernel_kills() > child.kernel_kills:
            return ending.of_memory(now, self.registry.home.checkpoints / now.id)
        return ending.of_death(now, code, self.settings)

    def _watch(self, child: Child) -> None:
        """Stop asked for and not heeded: SIGTERM, then SIGKILL. Lease lost or row over: the process has to go."""
        now = self._row(child)
        if now is None or now.status != "running" or now.attempt != child.run.attempt:
            child.over_since = child.over_since or time.monotonic()
            if time.monotonic() - child.over_since > AFTER_END:
                child.process.kill()
        elif now.stop_request == "discard":
            self._insist(child)
        elif self._expired(now):
            child.process.kill()

    def _insist(self, child: Child) -> None:
        child.stop_since = child.stop_since or time.monotonic()
        waited = time.monotonic() - child.stop_since
        if waited > self.settings.kill_after:
            child.process.kill()
        elif waited > self.settings.terminate_after and not child.terminated:
            child.terminated = True
            child.process.terminate()

    def _expired(self, run: Run) -> bool:
        with self.registry.read() as session:
            return any(other.id == run.id for other in runs.expired(session))

    def _row(self, child: Child) -> Run | None:
        try:
            with self.registry.read() as session:
                return runs.get(session, child.run.id)
        except NotFound:
            return None
