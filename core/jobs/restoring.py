"""A backup brought back into an empty home, every file checked."""

from __future__ import annotations

import shutil
from pathlib import Path

from core.errors import UserProblem
from registry import datasets, models, scores, sqlite
from registry.home import Home
from registry.records import Artifact
from registry.session import Registry, normalised


def restore(backup: Path, home: Home) -> int:
    """Copy the backup into `home` and check all its artifacts; returns how many. Refused where a registry is."""
    source = Home.at(backup)
    if not (backup / "registry.db").is_file():
        raise UserProblem(f"{backup} holds no registry.db.", "A folder that `db backup` wrote was wanted.")
    target = Path(normalised(home.database_url).database or "")
    if target.exists():
        raise UserProblem(
            f"There is a registry at {home.root} already.", "", "Name an empty home in AMONTILLADO_HOME and try again."
        )
    home.prepare()
    shutil.copytree(source.artifact_url, home.artifact_url, dirs_exist_ok=True)
    sqlite.copy(normalised(source.database_url), target)
    registry = Registry.open(home)
    try:
        artifacts = _artifacts(registry)
        for artifact in artifacts:
            registry.artifacts.local(artifact)
    finally:
        registry.close()
    return len(artifacts)


def _artifacts(registry: Registry) -> list[Artifact]:
    with registry.read() as session:
        versions = [version for model in models.listing(session) for version in model.versions]
        found = [version.artifact for version in versions]
        found += [
            score.artifact for version in versions for score in scores.of_model(session, version.id) if score.artifact
        ]
        names = [version.name for version in datasets.listing(session)]
        found += [version.artifact for name in names for version in datasets.versions(session, name)]
    return found
