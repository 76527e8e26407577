"""The rules at the head of registry/runs.py, one by one, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from registry import events, models, runs, scores
from registry.errors import Lost, NotFound, Refused
from registry.records import Run
from registry.session import Registry

PassTime = Callable[[Registry], None]


def read(registry: Registry, run: Run) -> Run:
    with registry.read() as session:
        return runs.get(session, run.id)


def claim(registry: Registry, kinds=None, ttl: float = 60.0) -> Run | None:
    with registry.begin() as session:
        return runs.claim(session, worker="w", kinds=kinds, ttl=ttl)


# 1. Submitting


def test_a_submitted_run_is_queued_with_everything_it_was_given(registry: Registry, making) -> None:
    run = making.run(kind="predict", title="Classify\0 x", config={"model": "m", "n": [1, 2]}, who="bob")
    assert (run.status, run.attempt, run.max_attempts, run.position) == ("queued", 0, 3, 1)
    assert (run.kind, run.config, run.created_by) == ("predict", {"model": "m", "n": [1, 2]}, "bob")
    assert run.title == "Classify\ufffd x"
    assert not run.over and run.started_at is None and run.heartbeat_at is None
    assert abs(run.created_at - datetime.now(UTC)) < timedelta(minutes=1)


def test_runs_are_claimed_in_the_order_of_submission_and_say_their_place(registry: Registry, making) -> None:
    first, second, third = making.run(), making.run(), making.run()
    assert [read(registry, run).position for run in (first, second, third)] == [1, 2, 3]
    assert claim(registry).id == first.id
    assert [read(registry, run).position for run in (first, second, third)] == [None, 1, 2]
    assert [claim(registry).id, claim(registry).id, claim(registry)] == [second.id, third.id, None]


# 2. Claiming


def test_a_claim_is_the_first_heartbeat_and_the_first_lease(registry: Registry, making) -> None:
    making.run()
    run = claim(registry, ttl=60)
    assert (run.status, run.attempt, run.worker) == ("running", 1, "w")
    assert timedelta(seconds=59) < run.lease_until - run.heartbeat_at < timedelta(seconds=61)
    assert run.started_at is not None and run.started_at >= run.created_at


def test_a_claim_takes_only_the_kinds_that_were_asked_for(registry: Registry, making) -> None:
    training, light = making.run(kind="fine_tune"), making.run(kind="predict")
    assert claim(registry, kinds=("predict", "evaluate")).id == light.id
    assert claim(registry, kinds=("predict", "evaluate")) is None
    assert claim(registry, kinds=()) is None
    assert claim(registry, kinds=("fine_tune",)).id == training.id


def test_the_claim_itself_is_one_statement(registry: Registry, making) -> None:
    making.run()
    seen: list[str] = []
    listener = lambda *args: seen.append(args[2])  # noqa: E731
    event.listen(registry._writing, "before_cursor_execute", listener)
    claim(registry)
    event.remove(registry._writing, "before_cursor_execute", listener)
    updates = [statement for statement in seen if statement.startswith("UPDATE run")]
    assert len(updates) == 1 and "RETURNING" in updates[0] and "SELECT run.id" in updates[0]
    assert ("SKIP LOCKED" in updates[0]) == (registry.dialect == "postgresql")


# 3. The attempt is the fencing token


def test_an_old_attempt_writes_nothing(registry: Registry, making, pass_time: PassTime) -> None:
    old = making.claimed()
    pass_time(registry)
    with registry.begin() as session:
        runs.take_back(session)
    pass_time(registry)
    new = claim(registry)
    assert (new.id, new.attempt) == (old.id, 2)
    before = read(registry, old)
    writes = [
        lambda s: runs.beat(s, old.id, 1, 60, {"phase": "training"}, "late"),
        lambda s: runs.begin_attempt(s, old.id, 1, 60),
        lambda s: runs.measure(s, old.id, 1, 5, 0.5, {"loss": 1.0}),
        lambda s: runs.finish(s, old.id, 1, {"made": "twice"}),
        lambda s: runs.fail(s, old.id, 1, "late", "defect"),
        lambda s: runs.cancelled(s, old.id, 1),
        lambda s: runs.give_back(s, old.id, 1, "late"),
    ]
    for write in writes:
        with pytest.raises(Lost, match="attempt 1|Attempt 1"), registry.begin() as session:
            write(session)
    assert read(registry, old) == before
    with registry.read() as session:
        assert runs.measurements(session, old.id) == ()


def test_a_run_that_does_not_exist_is_not_found(registry: Registry) -> None:
    with pytest.raises(NotFound, match="no run"), registry.begin() as session:
        runs.beat(session, "0" * 32, 1)


# 4. Time is the database's


def test_no_time_of_a_worker_is_ever_sent_to_the_database(registry: Registry, making, pass_time: PassTime) -> None:
    sent: list[object] = []
    listener = lambda *args: sent.append(args[3])  # noqa: E731
    event.listen(registry._writing, "before_cursor_execute", listener)
    run = making.claimed()
    with registry.begin() as session:
        runs.beat(session, run.id, 1, 60, {"phase": "x"}, "log")
        runs.measure(session, run.id, 1, 1, 0.1, {"loss": 1.0})
        runs.give_back(session, run.id, 1, "restart", counted=False)
        run = runs.claim(session, worker="w")
        runs.finish(session, run.id, run.attempt, {})
    event.remove(registry._writing, "before_cursor_execute", listener)
    flat = repr(sent)
    assert "datetime" not in flat and datetime.now(UTC).strftime("%Y-%m-%d") not in flat


def test_times_of_a_run_are_aware_and_in_order(registry: Registry, making) -> None:
    run = making.claimed()
    with registry.begin() as session:
        ended = runs.finish(session, run.id, 1, {})
    times = [ended.created_at, ended.started_at, ended.finished_at]
    assert times == sorted(times) and all(time.utcoffset() == timedelta(0) for time in times)


# 5. and 6. Leases, failures, back-off


def test_a_heartbeat_renews_the_lease(registry: Registry, making, pass_time: PassTime) -> None:
    run = making.claimed(ttl=1)
    pass_time(registry)
    with registry.begin() as session:
        assert [late.id for late in runs.expired(session)] == [run.id]
        runs.beat(session, run.id, 1, 60)
        assert runs.expired(session) == () and runs.take_back(session) == ()
    assert read(registry, run).status == "running"


def test_a_silent_run_goes_back_waits_five_seconds_and_keeps_its_place(
    registry: Registry, making, pass_time: PassTime
) -> None:
    silent, behind = making.claimed(), making.run()
    pass_time(registry)
    taken = claim(registry)
    assert taken.id == behind.id, "the silent one has to wait"
    queued = read(registry, silent)
    assert (queued.status, queued.attempt, queued.failures, queued.position) == ("queued", 1, 1, 1)
    assert queued.lease_until is None and queued.error == ""
    wait = queued.not_before - taken.heartbeat_at
    assert timedelta(0) < wait <= timedelta(seconds=5), "five seconds from when it was taken back, just before"
    pass_time(registry)
    with registry.begin() as session:
        again = runs.claim(session, worker="w2")
    assert (again.id, again.attempt, again.worker) == (silent.id, 2, "w2")
    assert again.started_at == silent.started_at


def test_back_off_grows_and_the_third_failure_ends_the_run(registry: Registry, making, pass_time: PassTime) -> None:
    run = making.run()
    waits = []
    for attempt in (1, 2, 3):
        running = claim(registry)
        assert running.attempt == attempt
        pass_time(registry)
        with registry.begin() as session:
            (changed,) = runs.take_back(session)
        waits.append((changed.not_before - running.heartbeat_at).total_seconds())
        pass_time(registry)
    assert 5 <= waits[0] < 25 and 30 <= waits[1] < 50, "from when it was taken back, a little after the heartbeat"
    assert (changed.status, changed.failures, changed.error_kind) == ("failed", 3, "lost")
    assert changed.error.startswith("The run was tried 3 times and never reached its end. Its process went silent")
    assert changed.finished_at is not None and claim(registry) is None
    assert read(registry, run).over


def test_a_poisonous_run_delays_nobody(registry: Registry, making) -> None:
    poison, other = making.run(), making.run()
    running = claim(registry)
    with registry.begin() as session:
        back = runs.give_back(session, poison.id, running.attempt, "The process ended with signal 9.")
    assert back.status == "queued" and claim(registry).id == other.id


def test_giving_back_three_times_fails_with_the_last_reason(registry: Registry, making) -> None:
    run = making.run()
    for attempt in (1, 2, 3):
        assert claim(registry).attempt == attempt
        with registry.begin() as session:
            back = runs.give_back(session, run.id, attempt, f"Reason {attempt}.", delay=0)
    assert (back.status, back.error_kind) == ("failed", "lost")
    assert back.error == "The run was tried 3 times and never reached its end. Reason 3."


def test_a_run_that_may_be_tried_once_says_once(registry: Registry, making) -> None:
    run = making.claimed(max_attempts=1)
    with registry.begin() as session:
        assert "tried once" in runs.give_back(session, run.id, 1, "It died.").error


def test_a_restart_of_the_server_counts_no_failure(registry: Registry, making) -> None:
    run = making.run()
    for attempt in range(1, 6):
        assert claim(registry).attempt == attempt
        with registry.begin() as session:
            back = runs.give_back(session, run.id, attempt, "The server restarts.", counted=False)
    assert (back.status, back.failures, back.attempt) == ("queued", 0, 5)


# 7. Stopping


def test_stopping_a_queued_run_cancels_it_at_once(registry: Registry, making) -> None:
    for mode in ("discard", "keep_best"):
        run = making.run()
        with registry.begin() as session:
            stopped = runs.request_stop(session, run.id, mode, "ann")
        assert (stopped.status, stopped.position) == ("cancelled", None) and stopped.finished_at is not None
    assert claim(registry) is None


def test_a_running_run_hears_the_last_word_at_its_next_heartbeat(registry: Registry, making) -> None:
    run = making.claimed()
    with registry.begin() as session:
        assert runs.beat(session, run.id, 1) is None
    for mode in ("keep_best", "discard"):
        with registry.begin() as session:
            assert runs.request_stop(session, run.id, mode, "ann").status == "running"
        with registry.begin() as session:
            assert runs.beat(session, run.id, 1) == mode
    with registry.begin() as session:
        assert runs.cancelled(session, run.id, 1).status == "cancelled"


def test_a_run_waiting_for_another_attempt_can_still_keep_its_best(registry: Registry, making) -> None:
    run = making.claimed()
    with registry.begin() as session:
        runs.give_back(session, run.id, 1, "The server restarts.", counted=False)
        assert runs.request_stop(session, run.id, "keep_best", "ann").status == "queued"
    again = claim(registry)
    assert again.stop_request == "keep_best"
    with registry.begin() as session:
        assert runs.beat(session, run.id, 2) == "keep_best"
        runs.give_back(session, run.id, 2, "The server restarts.", counted=False)
        assert runs.request_stop(session, run.id, "discard", "ann").status == "cancelled"


def test_a_silent_run_that_was_to_be_discarded_is_cancelled(registry: Registry, making, pass_time: PassTime) -> None:
    run = making.claimed()
    with registry.begin() as session:
        runs.request_stop(session, run.id, "discard", "ann")
    pass_time(registry)
    assert claim(registry) is None
    ended = read(registry, run)
    assert (ended.status, ended.error, ended.error_kind) == ("cancelled", "", "") and ended.finished_at is not None


def test_a_run_that_is_over_cannot_be_stopped(registry: Registry, making) -> None:
    run = making.claimed(title="Fine-tune trec")
    with registry.begin() as session:
        runs.finish(session, run.id, 1, {})
    with pytest.raises(Refused, match='"Fine-tune trec" is already finished'), registry.begin() as session:
        runs.request_stop(session, run.id, "discard", "ann")


# 8. What is over never changes


@pytest.mark.parametrize("status", ["finished", "failed", "cancelled"])
def test_a_run_that_is_over_never_changes_again(registry: Registry, making, pass_time: PassTime, status: str) -> None:
    run = making.claimed()
    with registry.begin() as session:
        {
            "finished": lambda: runs.finish(session, run.id, 1, {"rows": 3}),
            "failed": lambda: runs.fail(session, run.id, 1, "The file has no labels.", "user"),
            "cancelled": lambda: runs.cancelled(session, run.id, 1),
        }[status]()
    ended = read(registry, run)
    assert ended.status == status and ended.lease_until is None
    for write in (
        lambda s: runs.finish(s, run.id, 1, {}),
        lambda s: runs.fail(s, run.id, 1, "again", "defect"),
        lambda s: runs.cancelled(s, run.id, 1),
        lambda s: runs.give_back(s, run.id, 1, "again"),
        lambda s: runs.beat(s, run.id, 1, 60, {"phase": "again"}, "again"),
        lambda s: runs.measure(s, run.id, 1, 1, None, {"loss": 0.0}),
    ):
        with pytest.raises(Lost), registry.begin() as session:
            write(session)
    with pytest.raises(Refused), registry.begin() as session:
        runs.request_stop(session, run.id, "discard", "ann")
    assert claim(registry) is None
    assert read(registry, run) == ended


def test_a_failure_keeps_its_sentence_and_kind(registry: Registry, making) -> None:
    run = making.claimed()
    with registry.begin() as session:
        failed = runs.fail(session, run.id, 1, "The column label is empty.", "user")
    assert (failed.error, failed.error_kind, failed.result) == ("The column label is empty.", "user", {})


# 9. Publishing is one transaction


def test_model_scores_and_finished_become_visible_together_or_not_at_all(registry: Registry, making) -> None:
    data, run = making.dataset(), making.claimed()

    def publish(attempt: int) -> None:
        with registry.begin() as session:
            version = models.add(
                session, name="questions", kind="fine_tuned", method="full", labels=("a",), problem_type="single_label",
                parent=None, dataset_version=data.id, run=run.id, parameters={}, facts={}, digest="x",
                artifact=data.artifact, notes="", who="ann",
            )  # fmt: skip
            scores.add(
                session, model_version=version.id, dataset_version=data.id, split="test", rows=5, evaluation_hash="h",
                metrics={}, details={}, artifact=None, who="ann",
            )  # fmt: skip
            with registry.read() as outside:
                assert models.listing(outside) == () and runs.get(outside, run.id).status == "running"
            runs.finish(session, run.id, attempt, {"model_version": version.id})

    with pytest.raises(Lost):
        publish(attempt=7)
    with registry.read() as session:
        assert models.listing(session) == () and scores.of_dataset(session, data.id) == ()
    publish(attempt=1)
    ended = read(registry, run)
    with registry.read() as session:
        version = models.get(session, "questions/1")
        assert version.id == ended.result["model_version"] and version.run == run.id
        assert len(scores.of_model(session, version.id)) == 1


# 10. Progress, log


def test_progress_is_replaced_and_the_log_keeps_its_end(registry: Registry, making) -> None:
    run = making.claimed()
    with registry.begin() as session:
        runs.beat(session, run.id, 1, 60, {"phase": "encoding", "step": 1}, "first line\n")
        runs.beat(session, run.id, 1, 60, {"phase": "training", "rate": float("nan")}, "näxt\0 line\n")
        runs.beat(session, run.id, 1, 60)
    after = read(registry, run)
    assert after.progress == {"phase": "training", "rate": None}
    assert after.log == "first line\nnäxt\ufffd line\n"
    with registry.begin() as session:
        runs.beat(session, run.id, 1, 60, log="x" * 65_536 + "end")
    assert len(read(registry, run).log) == 65_536 and read(registry, run).log.endswith("xend")


def test_the_log_goes_on_in_the_next_attempt(registry: Registry, making) -> None:
    run = making.claimed()
    with registry.begin() as session:
        runs.beat(session, run.id, 1, log="one\n")
        runs.give_back(session, run.id, 1, "The server restarts.", counted=False)
        runs.claim(session, worker="w")
        runs.beat(session, run.id, 2, log="two\n")
    assert read(registry, run).log == "one\ntwo\n"


def test_the_process_that_does_the_work_takes_the_lease_over(registry: Registry, making) -> None:
    run = making.claimed(ttl=5)
    with registry.begin() as session:
        begun = runs.begin_attempt(session, run.id, 1, 60)
    assert begun.lease_until > run.lease_until + timedelta(seconds=50) and begun.config == run.config


# 11. The audit trail


def test_every_submission_stop_return_and_end_leaves_one_line(registry: Registry, making, pass_time) -> None:
    run = making.claimed(who="ann")
    pass_time(registry)
    with registry.begin() as session:
        runs.take_back(session)
    pass_time(registry)
    with registry.begin() as session:
        runs.claim(session, worker="w2")
        runs.beat(session, run.id, 2)
        runs.measure(session, run.id, 2, 1, None, {"loss": 1.0})
        runs.request_stop(session, run.id, "keep_best", "bob")
        runs.finish(session, run.id, 2, {})
    with registry.read() as session:
        trail = [(line.who, line.what) for line in reversed(events.listing(session, "run", run.id))]
    assert trail == [("ann", "submitted"), ("worker", "given back"), ("bob", "stop asked"), ("w2", "finished")]


# Reading


def test_only_the_reading_of_one_run_takes_its_log_along(registry: Registry, making) -> None:
    run = making.claimed()
    with registry.begin() as session:
        runs.beat(session, run.id, 1, 60, log="a long story")
    said: list[str] = []
    event.listen(registry._reading, "before_cursor_execute", lambda *args: said.append(args[2]))
    with registry.read() as session:
        listed, one = runs.listing(session)[0], runs.get(session, run.id)
    assert (listed.log, one.log) == (None, "a long story")
    assert ["run.log" in statement for statement in said if "FROM run" in statement] == [False, True]


def test_listing_filters_and_counts(registry: Registry, making) -> None:
    one, two = making.run(kind="fine_tune", who="ann"), making.run(kind="predict", who="bob")
    claim(registry, kinds=["predict"])
    with registry.read() as session:
        assert [run.id for run in runs.listing(session)] == [two.id, one.id]
        assert [run.id for run in runs.listing(session, status="queued")] == [one.id]
        assert [run.id for run in runs.listing(session, kind="predict", who="bob", status="running")] == [two.id]
        assert runs.listing(session, who="nobody") == ()
        assert runs.owners(session) == ("ann", "bob")
        assert [run.id for run in runs.listing(session, limit=1)] == [two.id]
        assert runs.queued_or_running(session) == 2
    with registry.begin() as session:
        runs.finish(session, two.id, 1, {})
        assert runs.queued_or_running(session) == 1
