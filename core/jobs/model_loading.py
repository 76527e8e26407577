"""Loading a model version for use: files checked against the manifest, golden rows replayed, damage written down.

Whatever is wrong with the files is found here, before a single prediction is made; the version is then marked corrupt,
and nobody else's version is touched.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import UserProblem
from registry import models
from registry.errors import CorruptArtifact
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inference.classifier import Classifier
    from registry.session import Registry


def load(registry: Registry, spec: str, who: str = "registry") -> tuple[ModelVersion, Classifier]:
    """The version and its classifier; UserProblem or CorruptArtifact when its files are not what they were."""
    from core.inference import folder as model_folder
    from core.jobs.submit import usable

    with registry.read() as session:
        version = usable(models.get(session, spec))
    try:
        return version, model_folder.load(registry.artifacts.local(version.artifact))
    except (UserProblem, CorruptArtifact) as problem:
        mark(registry, version, str(problem), who)
        raise


def files(registry: Registry, version: ModelVersion, who: str = "registry") -> Path:
    """The version's checked folder; CorruptArtifact (and the mark) when a file is not what it was."""
    try:
        return registry.artifacts.local(version.artifact)
    except CorruptArtifact as problem:
        mark(registry, version, str(problem), who)
        raise


def mark(registry: Registry, version: ModelVersion, reason: str, who: str) -> None:
    """Write down that the version's files are damaged."""
    with registry.begin() as session:
        models.mark_corrupt(session, version.id, reason, who)
