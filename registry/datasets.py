"""Dataset versions: adding, finding, describing and deleting them. Only a version's description may change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, joinedload

from registry import finding, manifest
from registry.errors import Refused
from registry.events import record
from registry.inserting import held
from registry.names import checked_name, new_id
from registry.plain import clean, plain
from registry.records import Artifact, DatasetVersion
from registry.renaming import renamed
from registry.tables import DatasetRow, DatasetVersionRow, ModelVersionRow, ScoreRow
from registry.uses import unfinished_runs_with

_WITH_NAME = joinedload(DatasetVersionRow.dataset)


def add(
    session: Session,
    *,
    name: str,
    description: str,
    content_hash: str,
    problem_type: str,
    labels: Iterable[str],
    rows: Mapping[str, int],
    mapping: Mapping[str, Any],
    repairs: Iterable[str],
    report: Mapping[str, Any],
    source: str,
    artifact: Artifact,
    who: str,
    id: str | None = None,
) -> DatasetVersion:
    """Add the next version of the dataset `name`; Refused when a version with the same content and columns exists."""
    parent = held(session, DatasetRow, name, who)
    _refuse_again(session, parent, content_hash, mapping)
    parent.last_version += 1
    row = DatasetVersionRow(
        id=id or new_id(),
        dataset=parent,
        version=parent.last_version,
        description=clean(description),
        content_hash=content_hash,
        problem_type=problem_type,
        labels=list(labels),
        rows=dict(rows),
        mapping=dict(mapping),
        repairs=list(repairs),
        report=dict(report),
        source=clean(source),
        artifact=manifest.as_json(artifact),
        created_by=who,
    )
    session.add(row)
    session.flush()
    session.refresh(row)  # what was stored, not what was given
    record(session, who, "added", "dataset", row.id, {"spec": f"{parent.name}/{row.version}", "hash": content_hash})
    return _record(row)


def get(session: Session, spec_or_id: str) -> DatasetVersion:
    """The version that `name`, `name/2` or an id names; a bare name means the newest. NotFound says what is near."""
    return _record(finding.dataset_version(session, spec_or_id))


def versions(session: Session, name: str) -> tuple[DatasetVersion, ...]:
    """All versions of a dataset, newest first; NotFound when there are none."""
    newest = finding.dataset_version(session, name)
    query = select(DatasetVersionRow).where(DatasetVersionRow.dataset_id == newest.dataset_id).options(_WITH_NAME)
    return tuple(_record(row) for row in session.scalars(query.order_by(DatasetVersionRow.version.desc())))


def listing(session: Session) -> tuple[DatasetVersion, ...]:
    """The newest version of every dataset, the one added last first."""
    other = aliased(DatasetVersionRow)
    newest = select(func.max(other.version)).where(other.dataset_id == DatasetVersionRow.dataset_id).scalar_subquery()
    query = select(DatasetVersionRow).where(DatasetVersionRow.version == newest).options(_WITH_NAME)
    return tuple(_record(row) for row in session.scalars(query.order_by(DatasetVersionRow.created_at.desc())))


def rename(session: Session, name: str, new_name: str, who: str) -> None:
    """Give a dataset, with all its versions, another name; Refused when that name is or was in use."""
    row = finding.dataset_version(session, name).dataset
    renamed(session, DatasetRow, row.name, checked_name(new_name), who)


def describe(session: Session, spec_or_id: str, description: str, who: str) -> DatasetVersion:
    """Change the description of one version."""
    row = finding.dataset_version(session, spec_or_id)
    row.description = clean(description)
    record(session, who, "described", "dataset", row.id, {"description": row.description})
    session.flush()
    return _record(row)


def delete(session: Session, id: str, who: str) -> Artifact:
    """Delete a version and return the files that the caller must remove from the store after the commit.

    Refused, with a sentence that names the user, while a model, a score or an unfinished run uses it.
    """
    row = finding.dataset_version(session, id)
    spec = f"{row.dataset.name}/{row.version}"
    _refuse_used(session, row, spec)
    session.delete(row)
    session.flush()
    record(session, who, "deleted", "dataset", row.id, {"spec": spec, "hash": row.content_hash})
    return manifest.from_json(row.artifact)


def _refuse_again(session: Session, parent: DatasetRow, content_hash: str, mapping: Mapping[str, Any]) -> None:
    query = select(DatasetVersionRow).where(
        DatasetVersionRow.dataset_id == parent.id, DatasetVersionRow.content_hash == content_hash
    )
    for same in session.scalars(query):
        if same.mapping == plain(mapping):
            raise Refused(
                f"The same rows and columns are already saved as {parent.name}/{same.version}; use that version."
            )


def _refuse_used(session: Session, row: DatasetVersionRow, spec: str) -> None:
    model = session.scalars(select(ModelVersionRow).where(ModelVersionRow.dataset_version_id == row.id)).first()
    if model is not None:
        raise Refused(f"{spec} cannot be deleted: the model {model.model.name}/{model.version} was trained on it.")
    score = session.scalars(select(ScoreRow).where(ScoreRow.dataset_version_id == row.id)).first()
    if score is not None:
        scored = session.get_one(ModelVersionRow, score.model_version_id)
        raise Refused(f"{spec} cannot be deleted: a score of {scored.model.name}/{scored.version} was measured on it.")
    for run in unfinished_runs_with(session, row.id, spec):
        raise Refused(f'{spec} cannot be deleted: the unfinished run "{run}" uses it. Stop the run first.')


def _record(row: DatasetVersionRow) -> DatasetVersion:
    return DatasetVersion(
        id=row.id,
        name=row.dataset.name,
        version=row.version,
        description=row.description,
        content_hash=row.content_hash,
        problem_type=row.problem_type,
        labels=tuple(row.labels),
        rows=row.rows,
        mapping=row.mapping,
        repairs=tuple(row.repairs),
        report=row.report,
        source=row.source,
        artifact=manifest.from_json(row.artifact),
        created_at=row.created_at,
        created_by=row.created_by,
    )
