"""The life of a run, in words. Every rule below is a test in tests/registry.

    queued -> running -> finished | failed | cancelled        queued -> cancelled        running -> queued (given back)

 1. Submitting adds a `queued` row. Runs are claimed in the order they were submitted.
 2. Claiming is one guarded statement. It sets `running`, raises `attempt` by one, writes the first heartbeat and the
    lease, and answers None to whoever came too late. Two workers never get the same attempt.
 3. `attempt` only grows. It is the fencing token: every later write names it, is carried out only where the run is
    `running` with that very attempt, and raises Lost otherwise. A process that was frozen and thaws writes nothing.
 4. Time is the database's, in the statement that compares it. The clock of a worker plays no part.
 5. A heartbeat renews the lease. A lease that ran out is taken back by the next claim (or take_back): the run is
    `queued` again, the failure is counted, and it waits 5, then 30, then 120 seconds before it can be claimed.
 6. At `max_attempts` counted failures the run is `failed`, error kind "lost", with a sentence. It delays nobody else.
    Giving back without a fault (a server that restarts) counts no failure.
 7. Stopping a queued run that never ran cancels it at once. Stopping a running one sets `stop_request`, which the next
    heartbeat returns: "discard" or "keep_best"; the last word counts. A run that waits for another attempt is cancelled
    at once on "discard" and keeps the request for that attempt on "keep_best", since only that can publish the best so
    far. The same holds when a lease runs out after a stop was asked for.
 8. `finished`, `failed` and `cancelled` are final: such a row never changes again.
 9. A result is published in one transaction: the caller adds the model version and its scores and calls finish() in the
    same begin() block, so nothing half-made is ever visible, and a Lost attempt publishes nothing.
10. Progress is one value, the log is its last 64 Ki characters, measurements are thinned beyond 2,000 points.
11. Every submission, stop, return and end leaves one line in the audit trail.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, literal, update
from sqlalchemy.orm import Session

from registry.columns import Later, Now, Tail
from registry.errors import Lost, Refused
from registry.events import record
from registry.measurements import measure, measurements
from registry.names import new_id
from registry.plain import clean
from registry.records import Run, RunStatus, StopRequest
from registry.runs_claim import TTL, claim, expired, put_back, take_back
from registry.runs_reading import get, listing, owners, queued_or_running
from registry.tables import RunRow

__all__ = [
    "TTL", "beat", "begin_attempt", "cancelled", "claim", "expired", "fail", "finish", "get", "give_back", "listing",
    "measure", "measurements", "owners", "queued_or_running", "request_stop", "submit", "take_back",
]  # fmt: skip

LOG_LENGTH = 64 * 1024


def submit(
    session: Session, *, kind: str, title: str, config: Mapping[str, Any], who: str, max_attempts: int = 3
) -> Run:
    """Put a run in the queue. `config` names the records it uses by id, which protects them from deletion."""
    row = RunRow(
        id=new_id(), kind=kind, title=clean(title), config=dict(config), max_attempts=max_attempts, created_by=who
    )
    session.add(row)
    session.flush()
    record(session, who, "submitted", "run", row.id, {"kind": kind, "title": row.title})
    return get(session, row.id)


def begin_attempt(session: Session, run_id: str, attempt: int, ttl: float = TTL) -> Run:
    """What the process that does the work calls first: it takes the lease over from the worker, or raises Lost."""
    beat(session, run_id, attempt, ttl)
    return get(session, run_id)


def beat(
    session: Session,
    run_id: str,
    attempt: int,
    ttl: float = TTL,
    progress: Mapping[str, Any] | None = None,
    log: str | None = None,
) -> StopRequest | None:
    """Renew the lease for `ttl` seconds and hear whether the run should stop; Lost when it is no longer ours.

    progress: replaces the last one. log: text since the last call, appended; the last 64 Ki characters are kept.
    """
    values: dict[str, Any] = {"heartbeat_at": Now(), "lease_until": Later(ttl)}
    if progress is not None:
        values["progress"] = dict(progress)
    if log:
        values["log"] = Tail(RunRow.log + literal(clean(log)), literal(LOG_LENGTH))
    row = session.execute(_ours(run_id, attempt).values(values).returning(RunRow.stop_request)).one_or_none()
    if row is None:
        raise _lost(session, run_id, attempt)
    stop: StopRequest | None = row.stop_request
    return stop


def finish(session: Session, run_id: str, attempt: int, result: Mapping[str, Any]) -> Run:
    """running -> finished. Call it in the transaction that adds what the run made."""
    return _end(session, run_id, attempt, "finished", result=dict(result))


def fail(session: Session, run_id: str, attempt: int, error: str, error_kind: str) -> Run:
    """running -> failed, for good; `error` is one sentence for a person."""
    return _end(session, run_id, attempt, "failed", error=clean(error), error_kind=error_kind)


def cancelled(session: Session, run_id: str, attempt: int) -> Run:
    """running -> cancelled: the work was asked to stop and kept nothing."""
    return _end(session, run_id, attempt, "cancelled")


def give_back(
    session: Session, run_id: str, attempt: int, reason: str, *, delay: float | None = None, counted: bool = True
) -> Run:
    """running -> queued, so that another attempt resumes from the last checkpoint.

    counted: whether this was a failure; at `max_attempts` failures the run is failed instead. A restart of the worker
    is none. delay: seconds before it can be claimed again; by default 5, 30, 120 after a failure, else none.
    """
    rows = put_back(session, (RunRow.id == run_id, *_held_by(attempt)), clean(reason), delay=delay, counted=counted)
    if not rows:
        raise _lost(session, run_id, attempt)
    return get(session, run_id)


def request_stop(session: Session, run_id: str, mode: StopRequest, who: str) -> Run:
    """Ask a run to stop; see rule 7. Refused when it is over already."""
    waiting = (RunRow.status == "queued") & ((RunRow.attempt == 0) | literal(mode == "discard"))
    changed = (
        session.execute(
            _where(RunRow.id == run_id, waiting)
            .values(status="cancelled", stop_request=mode, finished_at=Now(), error="")
            .returning(RunRow.id)
        ).first()
        or session.execute(
            _where(RunRow.id == run_id, RunRow.status.in_(("queued", "running")))
            .values(stop_request=mode)
            .returning(RunRow.id)
        ).first()
    )
    run = get(session, run_id)
    if not changed:
        raise Refused(f'The run "{run.title}" is already {run.status}; there is nothing to stop.')
    record(session, who, "stop asked", "run", run_id, {"mode": mode, "status": run.status})
    return run


def _end(session: Session, run_id: str, attempt: int, status: RunStatus, **values: Any) -> Run:
    values |= {"status": status, "finished_at": Now(), "heartbeat_at": Now(), "lease_until": None}
    row = session.execute(_ours(run_id, attempt).values(values).returning(RunRow.worker)).one_or_none()
    if row is None:
        raise _lost(session, run_id, attempt)
    details = {"attempt": attempt, "error": values.get("error", "")}
    record(session, row.worker or "worker", status, "run", run_id, details)
    return get(session, run_id)


def _held_by(attempt: int) -> tuple[ColumnElement[bool], ...]:
    return (RunRow.attempt == attempt, RunRow.status == "running")


def _ours(run_id: str, attempt: int) -> Any:
    return _where(RunRow.id == run_id, *_held_by(attempt))


def _where(*conditions: ColumnElement[bool]) -> Any:
    return update(RunRow).where(*conditions).execution_options(synchronize_session=False)


def _lost(session: Session, run_id: str, attempt: int) -> Lost:
    run = get(session, run_id)
    now = f"running as attempt {run.attempt}" if run.status == "running" else run.status
    return Lost(f'The run "{run.title}" is {now}; attempt {attempt} no longer holds it and must stop.')
