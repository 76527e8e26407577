"""Reports at a person's pace: at most a few a second, with rows per second and seconds left."""

from __future__ import annotations

import time
from collections.abc import Mapping

from core.progress import Progress, Report

SECONDS_BETWEEN = 0.4


class Pace:
    """Counts rows of one phase and passes on a report when the last is `SECONDS_BETWEEN` old, or when forced.

    `done` rows were already behind us when the phase began (a resumed run): they count as progress, not as speed.
    """

    def __init__(self, report: Report, phase: str, steps: int, rows: int, *, done: int = 0) -> None:
        self._report, self._phase, self._steps, self._rows = report, phase, steps, rows
        self._done = self._start = done
        self._begun = time.monotonic()
        self._last = 0.0

    def tell(
        self,
        step: int,
        rows: int,
        *,
        epoch: float | None = None,
        metrics: Mapping[str, float] | None = None,
        force: bool = False,
    ) -> None:
        """Count `rows` more and report unless it is too soon; measurements are never held back."""
        self._done += rows
        now = time.monotonic()
        if not force and now - self._last < SECONDS_BETWEEN:
            return
        self._last = now
        rate = (self._done - self._start) / max(now - self._begun, 1e-9)
        left = (self._rows - self._done) / rate if rate > 0 else None
        self._report(
            Progress(
                self._phase,
                step=step,
                steps=self._steps,
                epoch=epoch,
                rate=rate or None,
                seconds_left=None if left is None else max(0.0, left),
                metrics=metrics or {},
            )
        )
