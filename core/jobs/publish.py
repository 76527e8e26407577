"""The end of a finished run: files first, then ONE transaction that adds the rows and sets `finished`.

Nothing half-made is ever visible: files without rows are orphans that `models gc` sweeps, rows without files cannot be.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.errors import Stopped
from core.jobs.task import Outcome, Task
from core.progress import StopMode
from registry import runs
from registry.records import Artifact

if TYPE_CHECKING:
    from registry.session import Registry


def publish(task: Task, outcome: Outcome, stop: StopMode | None) -> None:
    """Make `outcome` visible; raises Stopped or Lost with nothing visible."""
    if stop == "discard":
        raise Stopped
    run = task.run
    with task.registry.begin() as session:
        runs.finish(session, run.id, run.attempt, outcome.record(session))


def take_back(task: Task) -> bool:
    """After an error: delete the files published so far, unless the row says that they are in use after all.

    True when the run is finished in spite of the error (the commit's answer was lost).
    """
    with task.registry.read() as session:
        now = runs.get(session, task.run.id)
    finished = now.status == "finished" and now.attempt == task.run.attempt
    if not finished:
        discard(task.registry, task.published)
    return finished


def discard(registry: Registry, artifacts: Iterable[Artifact]) -> None:
    """Delete files that no row names."""
    for artifact in artifacts:
        registry.artifacts.delete(artifact)
