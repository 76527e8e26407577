"""Rows of models become frozen values here."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import object_session

from registry import manifest
from registry.records import ModelVersion, RegisteredModel
from registry.tables import ModelRow, ModelVersionRow


def registered(row: ModelRow) -> RegisteredModel:
    """A model with its versions, newest first."""
    return RegisteredModel(
        name=row.name,
        description=row.description,
        tags=tuple(tag.tag for tag in row.tags),
        versions=tuple(version_record(version, row.versions[0].version) for version in row.versions),
        created_at=row.created_at,
        created_by=row.created_by,
        id=row.id,
    )


def version_record(row: ModelVersionRow, newest: int | None = None) -> ModelVersion:
    """One version; `latest` is among the aliases of the newest, whose number is asked for unless it is given."""
    aliases = [alias.alias for alias in row.aliases]
    return ModelVersion(
        id=row.id,
        name=row.model.name,
        version=row.version,
        kind=row.kind,  # type: ignore[arg-type]
        method=row.method,
        labels=tuple(row.labels),
        problem_type=row.problem_type,
        parent=row.parent_id,
        dataset_version=row.dataset_version_id,
        run=row.run_id,
        parameters=row.parameters,
        facts=row.facts,
        digest=row.digest,
        artifact=manifest.from_json(row.artifact),
        status=row.status,  # type: ignore[arg-type]
        notes=row.notes,
        tags=tuple(tag.tag for tag in row.tags),
        aliases=(*aliases, "latest") if row.version == (newest or _newest(row)) else tuple(aliases),
        created_at=row.created_at,
        created_by=row.created_by,
    )


def _newest(row: ModelVersionRow) -> int | None:
    session = object_session(row)
    assert session is not None
    return session.scalar(select(func.max(ModelVersionRow.version)).where(ModelVersionRow.model_id == row.model_id))
