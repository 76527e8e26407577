"""What goes when a run is over, however it ended: checkpoints, scratch folders, the input of a prediction."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from registry.records import Artifact, Run

if TYPE_CHECKING:
    from registry.session import Registry


def tidy(registry: Registry, run: Run) -> None:
    """Delete what only a run in progress needs; doing it twice does no harm."""
    shutil.rmtree(registry.home.checkpoints / run.id, ignore_errors=True)
    for folder in registry.home.scratch.glob(f"{run.id}-*"):
        shutil.rmtree(folder, ignore_errors=True)
    if run.config.get("input"):
        registry.artifacts.delete(artifact_of(run.config["input"]))


def artifact_of(values: Mapping[str, Any]) -> Artifact:
    """An artifact as a run's config or result keeps it."""
    files = tuple((str(path), int(size), str(digest)) for path, size, digest in values["files"])
    return Artifact(values["key"], values["digest"], values["size"], files)
