"""F5, through real workers: many short runs, two workers with two slots of each kind, and no run is started twice."""

from __future__ import annotations

from collections import Counter

from fault_ground import Ground

RUNS = 12


def test_two_workers_never_run_one_run_twice(ground: Ground) -> None:
    submitted = [ground.submit("count", steps=1, seconds=0) for _ in range(RUNS)]
    for _ in range(2):
        ground.worker(AMONTILLADO_TRAINING_SLOTS="2")
    for run in submitted:
        ended = ground.over(run, 120)
        assert (ended.status, ended.attempt) == ("finished", 1)
    assert len(ground.lines()) == 2 * RUNS
    assert Counter(what for _, _, what in ground.lines()) == {"step 0": RUNS, "recorded": RUNS}
    assert len({process for _, process, _ in ground.lines()}) == RUNS
    assert len({ground.run(run.id).worker for run in submitted}) == 2
