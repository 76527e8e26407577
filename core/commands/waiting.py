"""Waiting for a run in a shell: progress to standard error, and a worker kept alive meanwhile.

Ctrl-C ends the waiting, never the run.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from core.errors import UserProblem
from core.jobs.engine import ensure_worker
from registry import runs
from registry.records import Run

if TYPE_CHECKING:
    from registry.session import Registry

LOOK = 0.4
ENSURE = 5.0


def wait(registry: Registry, run: Run) -> Run:
    """Follow the run to its end and return it; UserProblem when it failed, was cancelled, or Ctrl-C ended the wait."""
    try:
        run = _followed(registry, run)
    except KeyboardInterrupt:
        raise UserProblem(
            f"No longer waiting; the run {run.id} goes on.",
            f"Follow it with: python -m core runs show {run.id}.",
            f"Stop it with: python -m core runs cancel {run.id}.",
        ) from None
    if run.status != "finished":
        raise UserProblem(run.error or f"The run {run.id} was {run.status}.")
    return run


def _followed(registry: Registry, run: Run) -> Run:
    said, ensured = "", time.monotonic()
    sys.stderr.write(f"Run {run.id}: {run.title}\n")
    while not run.over:
        time.sleep(LOOK)
        with registry.read() as session:
            run = runs.get(session, run.id)
        said = _say(line(run), said)
        if time.monotonic() - ensured > ENSURE:
            ensure_worker(registry)
            ensured = time.monotonic()
    _say(run.status, said)
    return run


def line(run: Run) -> str:
    """How far a run is, in one line."""
    if run.status == "queued":
        return f"waiting, place {run.position} in the queue" + (f" ({run.error})" if run.error else "")
    parts = [str(run.progress.get("phase", "starting"))]
    if run.progress.get("steps"):
        parts.append(f"{run.progress['step']} of {run.progress['steps']}")
    if run.progress.get("rate"):
        parts.append(f"{run.progress['rate']:.1f} {'steps' if run.kind == 'pretrain' else 'rows'} a second")
    if run.progress.get("seconds_left") is not None:
        parts.append(f"{run.progress['seconds_left']:.0f} s left")
    return ", ".join(parts)


def _say(text: str, said: str) -> str:
    if text != said:
        sys.stderr.write(f"  {text}\n")
    return text
