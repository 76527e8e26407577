"""Is this installation healthy? One line a check: what was found, and what to do where it is not well."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import UserProblem
from core.jobs import lock
from core.jobs.executor import executor
from core.jobs.settings import EngineSettings
from registry import datasets, models, orphans, runs, sqlite
from registry.errors import RegistryProblem
from registry.records import Artifact

if TYPE_CHECKING:
    from registry.session import Registry

LOW_DISK = 2e9
PACKAGES = ("torch", "transformers", "streamlit", "SQLAlchemy", "scikit-learn", "pandas")


@dataclass(frozen=True)
class Check:
    """One finding; `action` says what to do when it is not well."""

    name: str
    well: bool
    found: str
    action: str = ""


def examine(registry: Registry) -> tuple[Check, ...]:
    """Look at everything; a check that itself breaks is told as not well."""
    looks = (_versions, _disk, _database, _build, _files, _orphans, _worker, _runs)
    return tuple(_looked(look, registry) for look in looks)


def _looked(look: Callable[[Registry], Check], registry: Registry) -> Check:
    try:
        return look(registry)
    except (OSError, RegistryProblem, UserProblem) as error:
        return Check(look.__name__.strip("_"), False, str(error))


def _versions(registry: Registry) -> Check:
    found = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    python = ".".join(map(str, sys.version_info[:3]))
    return Check("versions", sys.version_info >= (3, 11), f"Python {python}, {found}")


def _disk(registry: Registry) -> Check:
    free = shutil.disk_usage(registry.home.root).free
    found = f"{registry.home.root}: {free / 1e9:.1f} GB free"
    return Check(
        "disk", free > LOW_DISK, found, "Free some space: training writes checkpoints of several times a model's size."
    )


def _database(registry: Registry) -> Check:
    if registry.dialect != "sqlite":
        return Check("database", True, "PostgreSQL answers")
    from registry.session import normalised

    path = Path(normalised(registry.home.database_url).database or "")
    with closing(sqlite.driver().connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        answers = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
    return Check("database", answers == ["ok"], f"{path.name}: {'; '.join(answers)}", "Restore a backup: db restore.")


def _build(registry: Registry) -> Check:
    sound = "write-ahead log on a mended SQLite" if registry.dialect == "sqlite" else "kept by the server"
    return Check("journal", not registry.objection, registry.objection or sound, "See above.")


def _files(registry: Registry) -> Check:
    with registry.read() as session:
        versions = [(version.spec, version.artifact) for model in models.listing(session) for version in model.versions]
        versions += [
            (version.spec, version.artifact)
            for newest in datasets.listing(session)
            for version in datasets.versions(session, newest.name)
        ]
    bad = [problem for spec, artifact in versions if (problem := _damage(registry, spec, artifact))]
    found = "; ".join(bad) or f"{len(versions)} models and datasets are as they were saved"
    return Check("files", not bad, found, "Run models verify on these, then delete or import them again.")


def _damage(registry: Registry, spec: str, artifact: Artifact) -> str:
    try:
        registry.artifacts.local(artifact)
    except RegistryProblem as problem:
        return f"{spec}: {problem}"
    return ""


def _orphans(registry: Registry) -> Check:
    lost = orphans.orphans(registry)
    return Check("orphans", not lost, f"{len(lost)} artifacts that no record names", "Run: python -m core models gc")


def _worker(registry: Registry) -> Check:
    executor(registry.home, EngineSettings.from_environment())
    holder = lock.holder(registry.home.root)
    with registry.read() as session:
        waiting = runs.queued_or_running(session)
    found = f"worker process {holder} lives" if holder is not None else "no worker lives"
    well = holder is not None or not waiting
    return Check(
        "worker", well, f"{found}; {waiting} runs are not over", "Open the dashboard or run: python -m core worker"
    )


def _runs(registry: Registry) -> Check:
    with registry.read() as session:
        silent = runs.expired(session)
    found = f"{len(silent)} runs whose lease ran out"
    return Check("leases", not silent, found, "A living worker takes them up again within seconds.")
