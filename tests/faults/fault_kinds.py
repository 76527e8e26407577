"""Kinds of run that do next to nothing, in every way that matters: they run in real run processes of real workers."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from core.errors import Stopped, UserProblem
from core.jobs.task import Outcome, Task
from core.progress import Progress


def count(task: Task) -> Outcome:
    """Count to `steps`, a line in `journal` each; resumes from its checkpoint; every step waits `seconds`."""
    config, saved = task.run.config, task.checkpoints / "step"
    start = int(saved.read_text()) if saved.exists() else 0
    for step in range(start, config["steps"]):
        if task.should_stop() == "discard":
            raise Stopped
        if task.should_stop() == "keep_best":
            break
        _journal(task, f"step {step}")
        partial = saved.with_suffix(".part")
        partial.write_text(str(step + 1))
        partial.replace(saved)
        task.report(Progress("counting", step=step + 1, steps=config["steps"], metrics={"loss": 1 / (step + 1)}))
        time.sleep(config.get("seconds", 0.1))
    return _done(task)


def deaf(task: Task) -> Outcome:
    """Never looks at Stop, and shrugs at SIGTERM when `stubborn`."""
    if task.run.config.get("stubborn"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _journal(task, "deaf")
    time.sleep(task.run.config.get("seconds", 120))
    return _done(task)


def publishing(task: Task) -> Outcome:
    """Publishes an artifact, then waits before it hands over its outcome."""
    with task.registry.artifacts.staging() as folder:
        (folder / "file.txt").write_text("made")
        artifact = task.publish(folder, "models")
    _journal(task, f"published {artifact.key}")
    deadline = time.monotonic() + task.run.config.get("seconds", 5)
    while time.monotonic() < deadline:
        task.phase("Publishing")
        time.sleep(0.1)
    return _done(task)


def poison(task: Task) -> Outcome:
    """Takes its own process down."""
    _journal(task, "poison")
    os.kill(os.getpid(), signal.SIGSEGV)
    time.sleep(10)
    raise AssertionError("unreachable")


def refused(task: Task) -> Outcome:
    """A user's problem."""
    raise UserProblem("The soup is cold.", "Hot soup was wanted.", "Warm it.")


def defect(task: Task) -> Outcome:
    """A defect of ours."""
    return {}["missing"]  # type: ignore[no-any-return]


def hungry(task: Task) -> Outcome:
    """Takes memory until the process has none left, unless the batch was halved."""
    _journal(task, f"hungry {task.halvings}")
    if task.halvings and task.run.config.get("content"):
        return _done(task)
    held = []
    while True:
        held.append(bytearray(64 << 20))


def _journal(task: Task, line: str) -> None:
    """One line in the file that the test reads: attempt, process, what happened."""
    with Path(task.run.config["journal"]).open("a") as file:
        file.write(f"{task.run.attempt} {os.getpid()} {line}\n")


def _done(task: Task) -> Outcome:
    def record(session: object) -> dict[str, object]:
        _journal(task, "recorded")
        return {"attempt": task.run.attempt}

    return Outcome(record)
