"""The tables of work: runs, and the points of their curves. registry/tables.py has all others and names these too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base, Counter, Id, Made
from registry.columns import Json, Now, UtcTime


class RunRow(Made, Base):
    """One piece of long work; registry/runs.py says in words how it lives."""

    __tablename__ = "run"
    __table_args__ = (Index(None, "status", "number"), {"sqlite_autoincrement": True})

    number: Mapped[int] = mapped_column(Counter, primary_key=True)
    id: Mapped[str] = mapped_column(Id, unique=True)
    kind: Mapped[str] = mapped_column(String(50))
    title: Mapped[str] = mapped_column(Text)
    config: Mapped[Any] = mapped_column(Json)
    status: Mapped[str] = mapped_column(String(20), default="queued")
    attempt: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    max_attempts: Mapped[int]
    not_before: Mapped[datetime] = mapped_column(UtcTime, default=Now())
    stop_request: Mapped[str | None] = mapped_column(String(20))
    progress: Mapped[Any] = mapped_column(Json, default=dict)
    result: Mapped[Any] = mapped_column(Json, default=dict)
    error: Mapped[str] = mapped_column(Text, default="")
    error_kind: Mapped[str] = mapped_column(String(50), default="")
    log: Mapped[str] = mapped_column(Text, default="", deferred=True, deferred_raiseload=True)
    worker: Mapped[str] = mapped_column(String(200), default="")
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)


class MeasurementRow(Base):
    """One point of a run's curves."""

    __tablename__ = "measurement"

    run_id: Mapped[str] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=False)
    epoch: Mapped[float | None]
    at: Mapped[datetime] = mapped_column(UtcTime, default=Now())
    metrics: Mapped[Any] = mapped_column(Json)
