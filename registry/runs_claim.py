"""Taking runs from the queue, and taking back those whose process went silent. The rules are in registry/runs.py."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, String, and_, case, cast, false, func, literal, not_, or_, select, update
from sqlalchemy.orm import Session

from registry.columns import Later, Now
from registry.events import record
from registry.records import Run
from registry.runs_reading import as_records, get
from registry.tables import RunRow

TTL = 60.0
BACK_OFF = (5.0, 30.0, 120.0)
SILENT = "Its process went silent: it was killed, or its machine was switched off or ran out of memory."


def claim(session: Session, *, worker: str, kinds: Collection[str] | None = None, ttl: float = TTL) -> Run | None:
    """The oldest queued run of these kinds (None: of any) that is ready, now `running` and leased; or None.

    Takes back expired leases first, in the same transaction. The claim itself is one statement: on SQLite writers take
    turns, on PostgreSQL rows that another claimer holds are skipped.
    """
    take_back(session)
    ready = select(RunRow.id).where(RunRow.status == "queued", RunRow.not_before <= Now())
    if kinds is not None:
        ready = ready.where(RunRow.kind.in_(list(kinds)))
    first = ready.order_by(RunRow.number).limit(1).with_for_update(skip_locked=True).scalar_subquery()
    taken = session.execute(
        update(RunRow)
        .where(RunRow.id == first, RunRow.status == "queued")
        .values(
            status="running",
            attempt=RunRow.attempt + 1,
            worker=worker,
            heartbeat_at=Now(),
            lease_until=Later(ttl),
            started_at=func.coalesce(RunRow.started_at, Now()),
        )
        .returning(RunRow.id)
        .execution_options(synchronize_session=False)
    ).scalar()
    return get(session, taken) if taken else None


def expired(session: Session) -> tuple[Run, ...]:
    """The running runs whose lease has run out by the database's clock."""
    return as_records(session, select(RunRow).where(*_EXPIRED).order_by(RunRow.number))


def take_back(session: Session) -> tuple[Run, ...]:
    """Put every run whose lease ran out back in the queue, or end it: the third failure fails it, a wish to stop and
    discard cancels it. Returns the runs that changed."""
    silent = select(RunRow.id).where(*_EXPIRED).order_by(RunRow.number).with_for_update(skip_locked=True)
    ids = list(session.scalars(silent))
    if not ids:
        return ()
    changed = put_back(session, (RunRow.id.in_(ids), *_EXPIRED), SILENT)
    return tuple(get(session, id) for id in changed)


def put_back(
    session: Session,
    where: Sequence[ColumnElement[bool]],
    reason: str,
    *,
    delay: float | None = None,
    counted: bool = True,
) -> tuple[str, ...]:
    """running -> queued (or failed, or cancelled) for the runs that `where` names, in one statement; their ids."""
    failures = RunRow.failures + int(counted)
    discard = func.coalesce(RunRow.stop_request, "") == "discard"
    spent = and_(not_(discard), failures >= RunRow.max_attempts) if counted else false()
    rows = session.execute(
        update(RunRow)
        .where(*where)
        .values(
            status=case((discard, "cancelled"), (spent, "failed"), else_="queued"),
            failures=failures,
            not_before=Later(_wait(delay, counted)),
            lease_until=None,
            finished_at=case((or_(discard, spent), Now()), else_=None),
            error=case((spent, _sentence(reason)), else_=""),
            error_kind=case((spent, "lost"), else_=""),
        )
        .returning(RunRow.id, RunRow.status, RunRow.worker, RunRow.attempt)
        .execution_options(synchronize_session=False)
    ).all()
    for id, now, worker, attempt in rows:
        what = "given back" if now == "queued" else now
        record(session, worker or "worker", what, "run", id, {"attempt": attempt, "reason": reason})
    return tuple(row[0] for row in rows)


def _wait(delay: float | None, counted: bool) -> float | ColumnElement[float]:
    """Seconds until the next claim: as asked, or growing with the failures counted so far."""
    if delay is not None or not counted:
        return delay or 0.0
    return case(*((RunRow.failures == done, seconds) for done, seconds in enumerate(BACK_OFF)), else_=BACK_OFF[-1])


def _sentence(reason: str) -> ColumnElement[str]:
    times = case((RunRow.failures == 0, "once"), else_=cast(RunRow.failures + 1, String) + " times")
    return literal("The run was tried ") + times + f" and never reached its end. {reason}"


_EXPIRED = (RunRow.status == "running", RunRow.lease_until < Now())
