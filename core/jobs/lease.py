"""Holding a run: a thread in the run's own process renews the lease, stores progress, and hears Stop.

The heartbeat lives here and not in the worker, so that an orphan keeps its own lease and no second copy starts. Who
loses the lease leaves at once and writes nothing more. A process that was frozen longer than its lease asks the
registry before it does another step of work (`report` and `should_stop` both check), so it cannot write into the
checkpoints of the attempt that took over.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from core.jobs.log import RunLog
from core.jobs.settings import EngineSettings
from core.progress import Progress, StopMode
from registry import runs
from registry.errors import Lost

if TYPE_CHECKING:
    from registry.session import Registry

LOST = 3  # exit code of a process that no longer holds its run
TICK = 0.5
ORPHAN_SECONDS = 30.0


class Lease:
    """The hold on one attempt of one run; `start` begins the heartbeat, `close` ends it."""

    def __init__(
        self,
        registry: Registry,
        run_id: str,
        attempt: int,
        settings: EngineSettings,
        log: RunLog,
        leave: Callable[[int], object] = os._exit,
    ) -> None:
        self._registry, self._run_id, self._attempt = registry, run_id, attempt
        self._settings, self._log, self._leave = settings, log, leave
        self._progress: Progress | None = None
        self._points: list[Progress] = []
        self._stop: StopMode | None = None
        self._terminated = self.interruptible = False
        self._confirmed = time.monotonic()
        self._orphaned: float | None = None
        self._guard, self._beating, self._closing = threading.Lock(), threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._loop, name="lease", daemon=True)

    def start(self) -> None:
        """Beat once, then go on in the background; raises Lost when the run is no longer ours."""
        self.beat()
        self._thread.start()

    def close(self) -> None:
        """Store what is still unsaid and end the thread; the run's last word is then the caller's to write."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()
        self.beat()

    def report(self, progress: Progress) -> None:
        """Take a report of the science; it reaches the row within a second."""
        self._hold()
        with self._guard:
            self._progress = progress
            if progress.metrics:
                self._points.append(progress)

    def should_stop(self) -> StopMode | None:
        """What the row or a signal asks for: None, "discard" or "keep_best"."""
        self._hold()
        return "discard" if self._terminated else self._stop

    def terminate(self) -> None:
        """This process was asked to leave: stop at the next chance, but give the run back instead of ending it."""
        self._terminated = True

    @contextmanager
    def working(self) -> Iterator[None]:
        """The block in which a signal may interrupt: the science works, nothing is being recorded."""
        self.interruptible = True
        try:
            yield
        finally:
            self.interruptible = False

    @property
    def stop_request(self) -> StopMode | None:
        """What a person asked for in the row, as last seen."""
        return self._stop

    @property
    def left(self) -> bool:
        """Was this process told to leave?"""
        return self._terminated

    def beat(self) -> None:
        """Renew the lease and store progress, measurements and log; raises Lost."""
        with self._beating:
            progress, points, log = self._taken()
            try:
                self._store(progress, points, log)
            except Lost:
                raise
            except Exception:
                self._give_back(points, log)
                raise
            self._confirmed = time.monotonic()

    def _store(self, progress: Progress | None, points: list[Progress], log: str) -> None:
        with self._registry.begin() as session:
            for point in points:
                runs.measure(session, self._run_id, self._attempt, point.step, point.epoch, point.metrics)
            self._stop = runs.beat(
                session,
                self._run_id,
                self._attempt,
                self._settings.lease,
                progress=None if progress is None else _stored(progress),
                log=log,
            )

    def _taken(self) -> tuple[Progress | None, list[Progress], str]:
        with self._guard:
            progress, points = self._progress, self._points
            self._progress, self._points = None, []
        return progress, points, self._log.take()

    def _give_back(self, points: list[Progress], log: str) -> None:
        with self._guard:
            self._points = points + self._points
        self._log.put_back(log)

    def _hold(self) -> None:
        if time.monotonic() - self._confirmed > self._settings.lease:
            self._guarded(self.beat)

    def _loop(self) -> None:
        tick = min(TICK, self._settings.heartbeat / 2)
        while not self._closing.wait(tick):
            self._guarded(self._once)
            self._leave_if_orphaned()

    def _once(self) -> None:
        due = time.monotonic() - self._confirmed >= self._settings.heartbeat
        if due or (self._news() and time.monotonic() - self._confirmed >= 1.0):
            self.beat()
        else:
            self._look()

    def _look(self) -> None:
        with self._registry.read() as session:
            run = runs.get(session, self._run_id)
        if run.status != "running" or run.attempt != self._attempt:
            raise Lost(f"Run {self._run_id} is held by another attempt.")
        self._stop = run.stop_request

    def _news(self) -> bool:
        return self._progress is not None or bool(self._points) or self._log.changed

    def _guarded(self, action: Callable[[], None]) -> None:
        """A lost lease ends the process; a database that does not answer is asked again until the lease is over."""
        try:
            action()
        except Lost:
            self._leave(LOST)
        except Exception as error:  # noqa: BLE001 - whatever the database says, the lease decides
            if time.monotonic() - self._confirmed > self._settings.lease:
                self._leave(LOST)
            self._log.note(f"The registry does not answer ({type(error).__name__}); asking again.")

    def _leave_if_orphaned(self) -> None:
        """The worker that started us is gone and SIGTERM did not end us: leave, so that nobody is left alive."""
        if not self._terminated or os.getppid() == PARENT:
            return
        self._orphaned = self._orphaned or time.monotonic()
        if time.monotonic() - self._orphaned > ORPHAN_SECONDS:
            self._leave(LOST)


PARENT = os.getppid()


def _stored(progress: Progress) -> dict[str, Any]:
    values = asdict(progress)
    values.pop("metrics")
    return values
