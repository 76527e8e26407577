"""A run's state in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.components import run_list, run_words
from registry.records import Run

NOW = datetime.now(UTC)
RUN = Run(
    id="a" * 32, kind="fine_tune", title="Train", config={}, status="queued", attempt=0, max_attempts=3,
    stop_request=None, progress={}, result={}, error="", error_kind="", log="", worker="", heartbeat_at=None,
    lease_until=None, created_at=NOW, started_at=None, finished_at=None, created_by="ada", position=1,
)  # fmt: skip


@pytest.mark.parametrize(
    ("position", "attempt", "words"),
    [(1, 0, "Next in the queue"), (3, 0, "3rd in the queue"), (1, 1, "go on from its last checkpoint")],
)
def test_waiting(position: int, attempt: int, words: str) -> None:
    assert words in run_words.sentence(replace(RUN, position=position, attempt=attempt))


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        ({}, "Starting"),
        ({"phase": "train", "step": 30, "steps": 1200}, "Training: step 30 of 1,200"),
        ({"phase": "encode", "step": 5, "steps": 10}, "BERT reads the texts: 5 of 10"),
        ({"phase": "Scoring test rows"}, "Scoring test rows"),
    ],
)
def test_doing(progress: dict[str, object], words: str) -> None:
    assert run_words.doing(replace(RUN, status="running", progress=progress)) == words


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        ({"phase": "pre-train", "step": 30, "steps": 1200}, "Pre-training: step 30 of 1,200"),
        ({"phase": "evaluate", "step": 30, "steps": 1200}, "Looking at the holdout: step 30 of 1,200"),
        ({"phase": "count pieces", "step": 4096}, "Counting the word pieces of the text: sentence 4,096"),
        ({"phase": "Publishing"}, "Publishing"),
    ],
)
def test_doing_of_a_pre_training(progress: dict[str, object], words: str) -> None:
    run = replace(RUN, kind="pretrain", status="running", progress=progress)
    assert run_words.doing(run) == words and run_words.kind(run) == "Pre-training"


def test_a_wish_to_stop_is_said_before_anything_else() -> None:
    run = replace(RUN, status="running", stop_request="keep_best", progress={"phase": "train"})
    assert run_words.doing(run) == "Stopping, the best so far is kept. Training"


def test_an_ended_run_says_how_long_it_took_and_how_often_it_was_tried() -> None:
    run = replace(
        RUN,
        status="finished",
        attempt=2,
        started_at=NOW - timedelta(seconds=190),
        finished_at=NOW - timedelta(seconds=60),
    )
    assert run_words.elapsed(run) == 130
    assert "after 2 min 10 s, attempt 2 of 3." in run_words.sentence(run)


def test_every_error_kind_has_advice() -> None:
    for kind in ("user", "out_of_memory", "lost", "defect", "something new"):
        assert run_words.advice(replace(RUN, status="failed", error_kind=kind))


def test_progress_is_shown_only_while_a_run_works() -> None:
    half = {"step": 5, "steps": 10}
    assert run_list.progress(replace(RUN, status="running", progress=half)) == 50.0
    assert run_list.progress(replace(RUN, status="finished", progress=half)) is None
    assert run_list.progress(replace(RUN, status="running")) is None
