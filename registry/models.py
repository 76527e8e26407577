"""Registered models: a name, versions 1, 2, 3 under it, aliases and tags.

A version never changes; its status, notes, tags and aliases may. `latest` is not stored: it is the newest version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from registry import finding, manifest
from registry.aliases import alias_history, drop_alias, set_alias
from registry.errors import Refused
from registry.events import record
from registry.inserting import held
from registry.model_records import registered, version_record
from registry.names import checked_name, new_id
from registry.plain import clean
from registry.records import Artifact, ModelKind, ModelVersion, RegisteredModel
from registry.renaming import renamed
from registry.tables import AliasRow, BiasResultRow, ModelRow, ModelVersionRow, ScoreRow
from registry.tags import tag, untag
from registry.uses import unfinished_runs_with

__all__ = [
    "add", "alias_history", "children", "delete", "describe", "drop_alias", "get", "listing", "mark_corrupt", "model",
    "note", "rename", "set_alias", "tag", "untag", "versions_of",
]  # fmt: skip

_VERSIONS = selectinload(ModelRow.versions)
_WHOLE = (
    selectinload(ModelRow.tags),
    _VERSIONS.selectinload(ModelVersionRow.tags),
    _VERSIONS.selectinload(ModelVersionRow.aliases),
)


def add(
    session: Session,
    *,
    name: str,
    kind: ModelKind,
    method: str,
    labels: Iterable[str],
    problem_type: str,
    parent: str | None,
    dataset_version: str | None,
    run: str | None,
    parameters: Mapping[str, Any],
    facts: Mapping[str, Any],
    digest: str,
    artifact: Artifact,
    notes: str,
    who: str,
    id: str | None = None,
) -> ModelVersion:
    """Add the next version of the model `name`; `latest` moves to it. Refused when parent, dataset or run is gone."""
    holder = held(session, ModelRow, name, who)
    holder.last_version += 1
    row = ModelVersionRow(
        id=id or new_id(),
        model=holder,
        version=holder.last_version,
        kind=kind,
        method=method,
        labels=list(labels),
        problem_type=problem_type,
        parent_id=parent,
        dataset_version_id=dataset_version,
        run_id=run,
        parameters=dict(parameters),
        facts=dict(facts),
        digest=digest,
        artifact=manifest.as_json(artifact),
        notes=clean(notes),
        created_by=who,
    )
    session.add(row)
    _flush(session, f"{holder.name}/{row.version} cannot be added: its parent, dataset or run is no longer there.")
    session.refresh(row)  # what was stored, not what was given
    record(session, who, "added", "model_version", row.id, {"spec": _spec(row), "digest": digest})
    return version_record(row)


def get(session: Session, spec: str) -> ModelVersion:
    """The version that `name`, `name/3`, `name@champion` or an id names; a bare name means the newest."""
    return version_record(finding.model_version(session, spec))


def listing(session: Session) -> tuple[RegisteredModel, ...]:
    """Every model with all its versions, in alphabetical order."""
    query = select(ModelRow).where(ModelRow.versions.any()).options(*_WHOLE).order_by(ModelRow.name)
    return tuple(registered(row) for row in session.scalars(query.execution_options(populate_existing=True)))


def model(session: Session, name: str) -> RegisteredModel:
    """One model with its versions, newest first; NotFound says what is near."""
    row = finding.model(session, name)
    query = select(ModelRow).where(ModelRow.id == row.id).options(*_WHOLE)
    return registered(session.scalars(query.execution_options(populate_existing=True)).one())


def versions_of(session: Session, name: str) -> tuple[ModelVersion, ...]:
    """All versions of a model, newest first."""
    return model(session, name).versions


def children(session: Session, id: str) -> tuple[ModelVersion, ...]:
    """The versions that were trained from this one, oldest first."""
    query = select(ModelVersionRow).where(ModelVersionRow.parent_id == id).order_by(ModelVersionRow.created_at)
    return tuple(version_record(row) for row in session.scalars(query))


def rename(session: Session, name: str, new_name: str, who: str) -> None:
    """Give a model, with all its versions, another name; Refused when that name is or was in use."""
    renamed(session, ModelRow, finding.model(session, name).name, checked_name(new_name), who)


def describe(session: Session, name: str, description: str, who: str) -> RegisteredModel:
    """Change the description of a model."""
    row = finding.model(session, name)
    row.description = clean(description)
    record(session, who, "described", "model", row.id, {"description": row.description})
    return model(session, row.id)


def note(session: Session, spec: str, notes: str, who: str) -> ModelVersion:
    """Change the notes of one version."""
    row = finding.model_version(session, spec)
    row.notes = clean(notes)
    record(session, who, "noted", "model_version", row.id, {"notes": row.notes})
    return version_record(row)


def mark_corrupt(session: Session, id: str, reason: str, who: str = "registry") -> ModelVersion:
    """Say that a version's files are not what they were; it stays listed, and whoever loads it is told."""
    row = finding.model_version(session, id)
    row.status = "corrupt"
    record(session, who, "marked corrupt", "model_version", row.id, {"spec": _spec(row), "reason": reason})
    return version_record(row)


def delete(session: Session, id: str, who: str) -> tuple[Artifact, ...]:
    """Delete a version with its scores and bias results; returns the files to remove from the store after the commit.

    Refused, with a sentence that says why, while an alias points to it, while it is the parent of another version, or
    while an unfinished run uses it.
    """
    row = finding.model_version(session, id)
    session.refresh(row, with_for_update=True)
    spec = _spec(row)
    _refuse_used(session, row, spec)
    scores = session.scalars(
        select(ScoreRow.artifact).where(ScoreRow.model_version_id == row.id, ScoreRow.artifact.is_not(None))
    )
    results = session.scalars(select(BiasResultRow.artifact).where(BiasResultRow.model_version_id == row.id))
    artifacts = [manifest.from_json(value) for value in (row.artifact, *scores, *results)]
    session.delete(row)
    _flush(session, f"{spec} cannot be deleted: something began to use it just now.")
    record(session, who, "deleted", "model_version", id, {"spec": spec, "digest": row.digest})
    return tuple(artifacts)


def _refuse_used(session: Session, row: ModelVersionRow, spec: str) -> None:
    aliases = sorted(session.scalars(select(AliasRow.alias).where(AliasRow.version_id == row.id)))
    if aliases:
        raise Refused(f'{spec} cannot be deleted: it is "{aliases[0]}". Move or drop that alias first.')
    heirs = children(session, row.id)
    if heirs:
        raise Refused(f"{spec} cannot be deleted: {heirs[0].spec} was trained from it. Delete that version first.")
    for run in unfinished_runs_with(session, row.id, spec):
        raise Refused(f'{spec} cannot be deleted: the unfinished run "{run}" uses it. Stop the run first.')


def _flush(session: Session, sentence: str) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        raise Refused(sentence) from error


def _spec(row: ModelVersionRow) -> str:
    return f"{row.model.name}/{row.version}"
