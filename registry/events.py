"""The audit trail: every change leaves one line, in the same transaction as the change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.records import Event
from registry.tables import EventRow


def record(
    session: Session, who: str, what: str, noun: str, target: str, details: Mapping[str, Any] | None = None
) -> None:
    """Write one line: who did what to which noun; `target` is an id, `details` says the rest in plain values."""
    session.add(EventRow(who=who[:100], what=what, noun=noun, target=target, details=dict(details or {})))


def listing(
    session: Session, noun: str | None = None, target: str | None = None, limit: int = 100
) -> tuple[Event, ...]:
    """The newest lines first, of one noun or one target if asked."""
    query = select(EventRow).order_by(EventRow.number.desc()).limit(limit)
    if noun is not None:
        query = query.where(EventRow.noun == noun)
    if target is not None:
        query = query.where(EventRow.target == target)
    return tuple(_record(row) for row in session.scalars(query))


def _record(row: EventRow) -> Event:
    return Event(row.at, row.who, row.what, row.noun, row.target, row.details)
