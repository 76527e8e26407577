"""Which unfinished runs use a record. A run's config names what it uses by id (or `name/3`), anywhere inside."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.plain import strings
from registry.tables import RunRow


def unfinished_runs_with(session: Session, *names: str) -> tuple[str, ...]:
    """Titles of the queued and running runs whose config holds one of these ids or specs."""
    query = select(RunRow.title, RunRow.config).where(RunRow.status.in_(("queued", "running"))).order_by(RunRow.number)
    return tuple(title for title, config in session.execute(query) if set(names) & set(strings(config)))
