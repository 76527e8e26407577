"""Files that no record names: what is left when a process dies between publishing files and recording them.

Files are published before the transaction that records them, so the young ones may belong to work in flight: only what
is older than a day is removed.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.artifacts import DAY
from registry.plain import strings
from registry.session import Registry
from registry.tables import BiasResultRow, DatasetVersionRow, ModelVersionRow, RunRow, ScoreRow


@dataclass(frozen=True)
class Swept:
    """What was removed: folders of unfinished work, and the keys of artifacts that no record names."""

    staging: int
    artifacts: tuple[str, ...]


def in_use(session: Session) -> frozenset[str]:
    """Keys of all artifacts that a dataset, model, score, bias result, run's result or open run's config names."""
    keeping = (DatasetVersionRow.artifact, ModelVersionRow.artifact, ScoreRow.artifact, BiasResultRow.artifact)
    named = [select(column) for column in keeping]
    named += [select(RunRow.result), select(RunRow.config).where(RunRow.status.in_(("queued", "running")))]
    return frozenset(text for query in named for value in session.scalars(query) for text in strings(value))


def orphans(registry: Registry, older_than: float = DAY) -> tuple[str, ...]:
    """Keys of artifacts in the store that no record names and whose files are older than so many seconds.

    In a store that is not a local folder nobody can tell the age of files that were never here; those are left alone.
    """
    stored = [key for key in registry.artifacts.stored() if registry.artifacts.age(key) > older_than]
    with registry.read() as session:
        used = in_use(session)
    return tuple(key for key in stored if key not in used)


def sweep(registry: Registry, older_than: float = DAY) -> Swept:
    """Remove orphans and what crashed work left in the staging area."""
    lost = orphans(registry, older_than)
    for key in lost:
        registry.artifacts.delete(key)
    return Swept(registry.artifacts.sweep(older_than), lost)
