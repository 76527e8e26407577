"""A run's log: nothing is said twice, nothing gets lost when it cannot be stored, and no path gets out."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.jobs.log import KEPT, MESSAGE, RunLog, run_logger, safe_traceback


def test_new_text_is_taken_once(capsys: pytest.CaptureFixture[str]) -> None:
    log = RunLog()
    log.note("first")
    log.note("second")
    text = log.take()
    assert [line[20:] for line in text.splitlines()] == ["first", "second"]
    assert log.take() == "" and not log.changed
    assert "first" in capsys.readouterr().err


def test_text_that_could_not_be_stored_comes_again_in_order() -> None:
    log = RunLog()
    log.note("first")
    taken = log.take()
    log.note("second")
    log.put_back(taken)
    assert [line[20:] for line in log.take().splitlines()] == ["first", "second"]


def test_no_more_is_held_than_a_row_keeps() -> None:
    log = RunLog()
    for _ in range(40):
        log.note("x" * 4000)
    assert len(log.take()) == KEPT


def test_a_traceback_shows_places_but_no_paths_and_no_long_values() -> None:
    try:
        Path(__file__).with_name("secret" * 200).read_text()
    except OSError as error:
        told = safe_traceback(error)
    assert "tests/core/jobs/test_log.py" in told and "OSError" in told
    assert str(Path(__file__).parent) not in told
    assert len(told.splitlines()[-1]) <= MESSAGE + len("OSError: ")


def test_what_the_science_logs_is_in_the_log() -> None:
    import logging

    before = [(logging.getLogger(name), logging.getLogger(name).handlers) for name in ("amontillado", "core")]
    log = RunLog()
    try:
        run_logger(log).info("ours")
        logging.getLogger("core.training.loop").info("goes on from step %d", 7)
        assert "ours" in (text := log.take()) and "goes on from step 7" in text
    finally:
        for logger, handlers in before:
            logger.handlers, logger.propagate = handlers, True
