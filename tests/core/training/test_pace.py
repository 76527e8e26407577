"""Reports at a person's pace."""

from __future__ import annotations

import pytest

from core.progress import Progress
from core.training import pace
from core.training.pace import Pace


def test_few_reports_but_every_measurement(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(step * 0.01 for step in range(10_000))
    monkeypatch.setattr(pace.time, "monotonic", lambda: next(clock))
    seen: list[Progress] = []
    teller = Pace(seen.append, "train", 500, 5000)
    for step in range(1, 501):
        teller.tell(step, 10, metrics={"loss": 1.0} if step % 100 == 0 else None, force=step % 100 == 0)
    assert len(seen) <= 5 + 5.0 / pace.SECONDS_BETWEEN + 1
    assert sum("loss" in report.metrics for report in seen) == 5


def test_rate_and_seconds_left_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """40 of 100 rows were done before; 20 more in 2 seconds are 10 rows a second, and 40 rows need 4 more."""
    clock = iter([0.0, 2.0])
    monkeypatch.setattr(pace.time, "monotonic", lambda: next(clock))
    seen: list[Progress] = []
    Pace(seen.append, "train", 10, 100, done=40).tell(6, 20)
    assert seen[0].rate == pytest.approx(10)
    assert seen[0].seconds_left == pytest.approx(4)
