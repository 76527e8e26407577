"""The curves of a run, whole: what a killed attempt had measured but not yet stored is reported again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.jobs.task import Task
from core.progress import Progress
from registry import runs


def complete(task: Task, history: Iterable[Mapping[str, float]]) -> None:
    """Report every point of `history` whose step the registry does not hold."""
    with task.registry.read() as session:
        known = {point.step for point in runs.measurements(session, task.run.id)}
    for point in history:
        step, epoch = int(point.get("step", 0)), point.get("epoch")
        measured = {name: value for name, value in point.items() if name not in ("step", "epoch")}
        if measured and step not in known:
            task.report(Progress("Saving", step=step, epoch=epoch, metrics=measured))
