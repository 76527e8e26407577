"""The points of a run's curves: one row a step, thinned so that a long training stays light to draw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from registry.errors import Lost
from registry.records import Measurement
from registry.tables import MeasurementRow, RunRow

CAP = 2000


def measure(
    session: Session, run_id: str, attempt: int, step: int, epoch: float | None, metrics: Mapping[str, float]
) -> None:
    """Keep what was measured at a step; Lost when the run is no longer ours.

    The same step again (training and validation, or a resumed attempt that repeats it) adds to the point and replaces
    values of the same name. Beyond 2,000 points every second one of the commonest kind goes, never the first or last.
    """
    held = (RunRow.id == run_id, RunRow.attempt == attempt, RunRow.status == "running")
    if session.scalar(select(RunRow.number).where(*held).with_for_update()) is None:
        raise Lost(f"Attempt {attempt} no longer holds this run and must stop.")
    point = session.get(MeasurementRow, (run_id, step), populate_existing=True)
    if point is not None:
        point.metrics, point.epoch = {**point.metrics, **metrics}, epoch
        return
    session.add(MeasurementRow(run_id=run_id, step=step, epoch=epoch, metrics=dict(metrics)))
    session.flush()
    if (session.scalar(select(func.count()).where(MeasurementRow.run_id == run_id)) or 0) > CAP:
        _thin(session, run_id)


def measurements(session: Session, run_id: str) -> tuple[Measurement, ...]:
    """All points in the order of steps."""
    query = select(MeasurementRow).where(MeasurementRow.run_id == run_id).order_by(MeasurementRow.step)
    return tuple(Measurement(row.step, row.epoch, row.at, row.metrics) for row in session.scalars(query))


def _thin(session: Session, run_id: str) -> None:
    """Points that hold the same names are a kind: training losses are many, validation scores few and all kept."""
    kinds: dict[frozenset[str], list[int]] = defaultdict(list)
    query = select(MeasurementRow.step, MeasurementRow.metrics).where(MeasurementRow.run_id == run_id)
    for step, metrics in session.execute(query.order_by(MeasurementRow.step)):
        kinds[frozenset(metrics)].append(step)
    commonest = max(kinds.values(), key=len)
    doomed = commonest[1:-1:2]
    session.execute(delete(MeasurementRow).where(MeasurementRow.run_id == run_id, MeasurementRow.step.in_(doomed)))
