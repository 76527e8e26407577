"""Finding runs, with their place in the queue.

A log has up to 64 KiB, so only the reading of one run takes it along; a listing leaves it in the database.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, aliased, undefer

from registry.errors import NotFound
from registry.records import Run, RunStatus
from registry.tables import RunRow


def get(session: Session, run_id: str) -> Run:
    """One run; NotFound when there is none."""
    found = as_records(session, select(RunRow).where(RunRow.id == run_id).options(undefer(RunRow.log)), log=True)
    if not found:
        raise NotFound(f'There is no run "{run_id[:60]}".')
    return found[0]


def listing(
    session: Session,
    *,
    status: RunStatus | None = None,
    kind: str | None = None,
    who: str | None = None,
    limit: int = 100,
) -> tuple[Run, ...]:
    """The newest runs first, without their logs, filtered if asked."""
    wanted = {"status": status, "kind": kind, "created_by": who}
    query = select(RunRow).filter_by(**{name: value for name, value in wanted.items() if value is not None})
    return as_records(session, query.order_by(RunRow.number.desc()).limit(limit))


def owners(session: Session) -> tuple[str, ...]:
    """Everybody who ever submitted a run, in alphabetical order."""
    return tuple(session.scalars(select(RunRow.created_by).distinct().order_by(RunRow.created_by)))


def queued_or_running(session: Session) -> int:
    """How many runs are not over."""
    query = select(func.count()).select_from(RunRow).where(RunRow.status.in_(("queued", "running")))
    return session.scalar(query) or 0


def as_records(session: Session, query: Select[RunRow], *, log: bool = False) -> tuple[Run, ...]:
    """The runs of a query, read afresh, each with its place in the queue (1 = next), and its log where asked."""
    ahead = aliased(RunRow)
    before = select(func.count()).select_from(ahead).where(ahead.status == "queued", ahead.number <= RunRow.number)
    place = case((RunRow.status == "queued", before.correlate(RunRow).scalar_subquery()), else_=None)
    rows = session.execute(query.add_columns(place).execution_options(populate_existing=True))
    return tuple(_record(row, position, log=row.log if log else None) for row, position in rows)


def _record(row: Any, position: int | None, log: str | None) -> Run:
    same = (
        "id", "kind", "title", "config", "status", "attempt", "max_attempts", "stop_request", "progress", "result",
        "error", "error_kind", "worker", "heartbeat_at", "lease_until", "created_at", "started_at",
        "finished_at", "created_by", "failures", "not_before", "number",
    )  # fmt: skip
    return Run(**{name: getattr(row, name) for name in same}, position=position, log=log)
