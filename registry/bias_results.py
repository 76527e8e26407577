"""Bias results: what a measure found on a model version. Rows are only added; the newest of an identity counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import manifest
from registry.errors import NotFound, Refused
from registry.events import record
from registry.names import new_id
from registry.records import Artifact, BiasResult
from registry.tables import BiasResultRow


def add(
    session: Session,
    *,
    model_version: str,
    run: str | None,
    measure: str,
    identity: str,
    inputs: Mapping[str, Any],
    settings: Mapping[str, Any],
    found: Mapping[str, Any],
    artifact: Artifact,
    who: str,
) -> BiasResult:
    """Add a result; older ones stay. Refused when the model version is gone."""
    row = BiasResultRow(
        id=new_id(),
        model_version_id=model_version,
        run_id=run,
        measure=measure,
        identity=identity,
        inputs=dict(inputs),
        settings=dict(settings),
        found=dict(found),
        artifact=manifest.as_json(artifact),
        created_by=who,
    )
    session.add(row)
    try:
        session.flush()
        session.refresh(row)  # what was stored, not what was given
    except IntegrityError as error:
        raise Refused("The result cannot be kept: its model was deleted meanwhile.") from error
    record(session, who, "measured bias", "model_version", model_version, {"result": row.id, "measure": measure})
    return _record(row)


def get(session: Session, id: str) -> BiasResult:
    """One result by its id; NotFound when there is none."""
    row = session.scalars(select(BiasResultRow).where(BiasResultRow.id == id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no bias result {id}; it may have gone with its model.")
    return _record(row)


def of_model(session: Session, model_version: str, measure: str | None = None) -> tuple[BiasResult, ...]:
    """All results of a model version, of one measure where it is named, newest first."""
    asked = [BiasResultRow.model_version_id == model_version]
    return _newest_first(session, *asked, *([BiasResultRow.measure == measure] if measure else []))


def newest(session: Session, model_version: str) -> tuple[BiasResult, ...]:
    """The newest result of each identity, newest first."""
    kept: dict[str, BiasResult] = {}
    for result in of_model(session, model_version):
        kept.setdefault(result.identity, result)
    return tuple(kept.values())


def alike(session: Session, identity: str) -> tuple[BiasResult, ...]:
    """All results of one identity, over all models, newest first: what may be compared with each other."""
    return _newest_first(session, BiasResultRow.identity == identity)


def of_run(session: Session, run: str) -> tuple[BiasResult, ...]:
    """All results of a run in the order in which they were found."""
    return _newest_first(session, BiasResultRow.run_id == run)[::-1]


def words_used(session: Session, most: int = 500) -> tuple[Mapping[str, Any], ...]:
    """Word lists of the newest `most` results over all models, as inputs hold them, each name once, newest first."""
    query = select(BiasResultRow.inputs).order_by(BiasResultRow.number.desc()).limit(most)
    found: dict[str, Mapping[str, Any]] = {}
    for inputs in session.scalars(query):
        if inputs.get("words"):
            found.setdefault(str(inputs["words"]["name"]), inputs["words"])
    return tuple(found.values())


def _newest_first(session: Session, *where: ColumnElement[bool]) -> tuple[BiasResult, ...]:
    query = select(BiasResultRow).where(*where).order_by(BiasResultRow.number.desc())
    return tuple(_record(row) for row in session.scalars(query))


def _record(row: BiasResultRow) -> BiasResult:
    return BiasResult(
        id=row.id,
        model_version=row.model_version_id,
        run=row.run_id,
        measure=row.measure,
        identity=row.identity,
        inputs=row.inputs,
        settings=row.settings,
        found=row.found,
        artifact=manifest.from_json(row.artifact),
        created_at=row.created_at,
        created_by=row.created_by,
        number=row.number,
    )
