"""Scores: how a model version did on a split. Rows are only added; the newest of a kind counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import manifest
from registry.errors import Refused
from registry.events import record
from registry.names import new_id
from registry.records import Artifact, Score
from registry.tables import ScoreRow


def add(
    session: Session,
    *,
    model_version: str,
    dataset_version: str,
    split: str,
    rows: int,
    evaluation_hash: str,
    metrics: Mapping[str, Any],
    details: Mapping[str, Any],
    artifact: Artifact | None,
    who: str,
) -> Score:
    """Add a score; older ones stay. Refused when the model or the dataset version is gone."""
    row = ScoreRow(
        id=new_id(),
        model_version_id=model_version,
        dataset_version_id=dataset_version,
        split=split,
        rows=rows,
        evaluation_hash=evaluation_hash,
        metrics=dict(metrics),
        details=dict(details),
        artifact=None if artifact is None else manifest.as_json(artifact),
        created_by=who,
    )
    session.add(row)
    try:
        session.flush()
        session.refresh(row)  # what was stored, not what was given
    except IntegrityError as error:
        raise Refused("The score cannot be kept: its model or its dataset was deleted meanwhile.") from error
    record(session, who, "scored", "model_version", model_version, {"score": row.id, "split": split, "rows": rows})
    return _record(row)


def of_model(session: Session, model_version: str) -> tuple[Score, ...]:
    """All scores of a model version, newest first."""
    return _newest_first(session, ScoreRow.model_version_id == model_version)


def of_dataset(session: Session, dataset_version: str) -> tuple[Score, ...]:
    """All scores on a dataset version, newest first."""
    return _newest_first(session, ScoreRow.dataset_version_id == dataset_version)


def latest(session: Session, model_version: str, dataset_version: str, split: str) -> Score | None:
    """The newest score of this model on this split, or None."""
    asked = (ScoreRow.model_version_id == model_version, ScoreRow.dataset_version_id == dataset_version)
    found = _newest_first(session, *asked, ScoreRow.split == split, limit=1)
    return found[0] if found else None


def _newest_first(session: Session, *where: ColumnElement[bool], limit: int | None = None) -> tuple[Score, ...]:
    query = select(ScoreRow).where(*where).order_by(ScoreRow.number.desc()).limit(limit)
    return tuple(_record(row) for row in session.scalars(query))


def _record(row: ScoreRow) -> Score:
    return Score(
        id=row.id,
        model_version=row.model_version_id,
        dataset_version=row.dataset_version_id,
        split=row.split,
        rows=row.rows,
        evaluation_hash=row.evaluation_hash,
        metrics=row.metrics,
        details=row.details,
        artifact=None if row.artifact is None else manifest.from_json(row.artifact),
        created_at=row.created_at,
        created_by=row.created_by,
    )
