"""What a kind of run is given, and what it hands back.

A kind never writes its own end: it returns an `Outcome`, and core.jobs.publish makes that visible in one transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import Stopped
from core.progress import Progress, Report, ShouldStop
from registry.names import new_id
from registry.records import Artifact, Run

if TYPE_CHECKING:
    from registry.session import Registry


@dataclass(frozen=True)
class Task:
    """One attempt at one run. `scratch` goes at the end; `checkpoints` stays until the run is over."""

    registry: Registry
    run: Run
    report: Report
    should_stop: ShouldStop
    log: logging.Logger
    scratch: Path
    checkpoints: Path
    halvings: int = 0  # how often the batch was halved because memory ran out
    published: list[Artifact] = field(default_factory=list)  # files that go again unless the run finishes

    def phase(self, name: str) -> None:
        """Say what comes next, unless the run was asked to stop and keep nothing (then: Stopped)."""
        if self.should_stop() == "discard":
            raise Stopped
        self.log.info("%s", name)
        self.report(Progress(name))

    def publish(self, folder: Path, kind: str) -> Artifact:
        """Put a folder of the store's staging area into the store; it stays only if this attempt finishes the run."""
        artifact = self.registry.artifacts.publish(folder, kind, new_id())
        self.published.append(artifact)
        return artifact


@dataclass(frozen=True)
class Outcome:
    """A finished piece of work: `record(session)` writes its rows and returns the run's result."""

    record: Callable[[Any], Mapping[str, Any]]
