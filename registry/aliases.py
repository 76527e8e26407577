"""Aliases of a model: movable names such as `champion`, each pointing to exactly one version.

Moves take turns (the model's row is held), and whoever says at which version the alias was seen is refused when
somebody else moved it meanwhile.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import finding
from registry.errors import NotFound, Refused
from registry.events import record
from registry.inserting import locked
from registry.model_records import version_record
from registry.names import checked_alias
from registry.records import Event, ModelVersion
from registry.tables import AliasRow, EventRow, ModelRow, ModelVersionRow


def set_alias(
    session: Session, name: str, alias: str, version: int, who: str, why: str = "", expected: int | None = None
) -> ModelVersion:
    """Point an alias at a version, from wherever it was.

    expected: the version at which the caller saw the alias, 0 for "nowhere"; Refused when it is elsewhere by now. None
    does not ask. BadName for an alias that cannot be one, such as `latest`.
    """
    alias = checked_alias(alias)
    model = _held(session, name)
    target = finding.model_version(session, f"{model.name}/{version}")
    row = session.get(AliasRow, (model.id, alias), populate_existing=True)
    now = session.get_one(ModelVersionRow, row.version_id).version if row else 0
    _refuse_moved(model.name, alias, expected, now)
    if row is None:
        session.add(AliasRow(model_id=model.id, alias=alias, version_id=target.id))
    else:
        row.version_id = target.id
    record(session, who, "alias moved", "model", model.id, {"alias": alias, "from": now, "to": version, "why": why})
    return _fresh(session, target)


def drop_alias(session: Session, name: str, alias: str, who: str, why: str = "") -> None:
    """Take an alias away; NotFound when the model has none of that name."""
    model = _held(session, name)
    row = session.get(AliasRow, (model.id, checked_alias(alias)), populate_existing=True)
    if row is None:
        raise NotFound(f'The model "{model.name}" has no alias "{alias}".')
    was = session.get_one(ModelVersionRow, row.version_id)
    session.delete(row)
    record(session, who, "alias dropped", "model", model.id, {"alias": alias, "from": was.version, "to": 0, "why": why})
    _fresh(session, was)


def alias_history(session: Session, name: str) -> tuple[Event, ...]:
    """Every move and drop of the model's aliases, newest first; details hold alias, from, to (0 = nowhere) and why."""
    model = finding.model(session, name)
    query = select(EventRow).where(EventRow.target == model.id, EventRow.what.in_(("alias moved", "alias dropped")))
    rows = session.scalars(query.order_by(EventRow.number.desc()))
    return tuple(Event(row.at, row.who, row.what, row.noun, row.target, row.details) for row in rows)


def _held(session: Session, name: str) -> ModelRow:
    row = locked(session, ModelRow, finding.model(session, name).name)
    assert row is not None
    return row


def _refuse_moved(name: str, alias: str, expected: int | None, now: int) -> None:
    if expected is None or expected == now:
        return
    where, seen = (f"at version {number}" if number else "nowhere" for number in (now, expected))
    raise Refused(f'"{alias}" of {name} is {where} now, not {seen}: somebody moved it. Look again, then decide.')


def _fresh(session: Session, row: ModelVersionRow) -> ModelVersion:
    session.flush()
    session.expire(row, ["aliases"])
    return version_record(row)
