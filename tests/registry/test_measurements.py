"""Curves: one point a step, repeated steps replaced, never more than 2,000."""

from __future__ import annotations

import pytest

from registry import measurements, runs
from registry.session import Registry
from registry.tables import MeasurementRow


def test_points_come_back_in_the_order_of_steps(registry: Registry, making) -> None:
    run = making.claimed()
    with registry.begin() as session:
        runs.measure(session, run.id, 1, 20, 0.5, {"loss": 0.25})
        runs.measure(session, run.id, 1, 10, None, {"loss": 0.5})
    with registry.read() as session:
        points = runs.measurements(session, run.id)
    assert [(point.step, point.epoch, point.metrics) for point in points] == [
        (10, None, {"loss": 0.5}),
        (20, 0.5, {"loss": 0.25}),
    ]
    assert points[0].at >= points[1].at and points[0].at.tzinfo is not None


def test_the_same_step_adds_names_and_replaces_values(registry: Registry, making) -> None:
    run = making.claimed()
    with registry.begin() as session:
        runs.measure(session, run.id, 1, 10, 0.5, {"loss": 0.5, "rate": 3})
        runs.measure(session, run.id, 1, 10, 1.0, {"validation_loss": 0.4, "loss": 0.45})
    with registry.read() as session:
        (point,) = runs.measurements(session, run.id)
    assert point.metrics == {"loss": 0.45, "rate": 3, "validation_loss": 0.4} and point.epoch == 1.0


def test_two_runs_do_not_meet(registry: Registry, making) -> None:
    one = making.claimed()
    two = making.claimed()
    with registry.begin() as session:
        runs.measure(session, one.id, 1, 1, None, {"loss": 1})
        runs.measure(session, two.id, 1, 1, None, {"loss": 2})
    with registry.read() as session:
        assert [runs.measurements(session, run.id)[0].metrics["loss"] for run in (one, two)] == [1, 2]


def test_a_loss_that_exploded_is_kept_as_nothing(registry: Registry, making) -> None:
    run = making.claimed()
    with registry.begin() as session:
        runs.measure(session, run.id, 1, 1, None, {"loss": float("nan"), "rate": float("inf")})
    with registry.read() as session:
        assert runs.measurements(session, run.id)[0].metrics == {"loss": None, "rate": None}


def test_beyond_the_cap_the_commonest_kind_is_thinned(embedded: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measurements, "CAP", 40)
    with embedded.begin() as session:
        run = runs.submit(session, kind="x", title="t", config={}, who="ann")
        runs.claim(session, worker="w")
        for step in range(100):
            rare = {"validation_loss": 0.1} if step % 10 == 5 else {}
            runs.measure(session, run.id, 1, step, None, {"loss": float(step)} | rare)
            assert len(runs.measurements(session, run.id)) <= 40
        points = runs.measurements(session, run.id)
    steps = [point.step for point in points]
    assert len(steps) > 20 and steps[0] == 0 and steps[-1] == 99
    assert [step for step in steps if step % 10 == 5] == list(range(5, 100, 10)), "validation points all stay"
    assert all(point.metrics["loss"] == point.step for point in points), "no value changes"


def test_the_cap_is_two_thousand(registry: Registry, making) -> None:
    run = making.claimed()
    with registry.begin() as session:
        session.add_all(MeasurementRow(run_id=run.id, step=step, metrics={"loss": 1.0}) for step in range(2000))
        assert len(runs.measurements(session, run.id)) == 2000
        runs.measure(session, run.id, 1, 2000, None, {"loss": 1.0})
        assert [point.step for point in runs.measurements(session, run.id)] == list(range(0, 2001, 2))
