"""F18: a run takes more memory than it may; it is told so, once with half the batch, then with advice."""

from __future__ import annotations

from fault_ground import Ground

LIMIT = {"AMONTILLADO_RUN_MEMORY_MB": "1500"}


def test_memory_that_runs_out_gets_one_retry_with_half_the_batch_then_advice(ground: Ground) -> None:
    ground.worker(**LIMIT)
    run = ground.submit("hungry")
    ended = ground.over(run, 60)
    assert (ended.status, ended.error_kind, ended.attempt) == ("failed", "out_of_memory", 2)
    assert "smaller batch" in ended.error and "max_length" in ended.error
    assert [what for _, _, what in ground.lines()] == ["hungry 0", "hungry 1"]


def test_half_the_batch_that_fits_finishes(ground: Ground) -> None:
    worker = ground.worker(**LIMIT)
    run = ground.submit("hungry", content=True)
    ended = ground.over(run, 60)
    assert (ended.status, ended.attempt) == ("finished", 2)
    assert "half the batch" in ended.log
    assert worker.poll() is None
