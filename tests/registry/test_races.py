"""Many processes at once: no run is claimed twice, versions are dense, an alias has one target."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from registry import models, runs
from registry.home import Home
from registry.session import Registry

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("repeat")]
Race = Callable[..., list[list[Any]]]


@pytest.fixture(params=range(int(os.environ.get("AMONTILLADO_FAULT_REPEATS", "1"))))
def repeat(request: pytest.FixtureRequest) -> int:
    """How often the test was run before: AMONTILLADO_FAULT_REPEATS says how often it is run."""
    number: int = request.param
    return number


def submit(registry: Registry, count: int) -> list[str]:
    with registry.begin() as session:
        return [runs.submit(session, kind="light", title=str(n), config={}, who="ann").id for n in range(count)]


def test_eight_processes_claim_four_hundred_runs_and_none_twice(registry: Registry, race: Race) -> None:
    submitted = submit(registry, 400)
    answers = race(registry.home, "claim", 8)
    claims = [claim for answer in answers for claim in answer]
    assert len(claims) == 400
    assert {id for id, _ in claims} == set(submitted)
    assert {attempt for _, attempt in claims} == {1}
    assert sum(1 for answer in answers if answer) > 1, "one process did everything, so nothing was tried"


def test_every_run_ends_once_and_by_the_one_who_claimed_it(registry: Registry, race: Race) -> None:
    submit(registry, 60)
    answers = race(registry.home, "claim_and_finish", 4)
    with registry.read() as session:
        ended = {run.id: run.result["by"] for run in runs.listing(session, status="finished")}
    assert ended == {id: number for number, answer in enumerate(answers) for id, _ in answer}
    assert len(ended) == 60


def test_fifty_registrations_at_once_are_numbered_one_to_fifty(registry: Registry, race: Race) -> None:
    answers = race(registry.home, "register", 5, 10)
    assert sorted(number for answer in answers for number in answer) == list(range(1, 51))
    with registry.read() as session:
        assert [version.version for version in models.versions_of(session, "races")] == list(range(50, 0, -1))
        assert models.get(session, "races").version == 50


def test_fifty_alias_moves_at_once_leave_one_target_and_one_winner(registry: Registry, race: Race) -> None:
    race(registry.home, "register", 3, 17)
    with registry.begin() as session:
        models.set_alias(session, "races", "champion", 1, "ann")
    winners = [number for answer in race(registry.home, "move", 5, 10) for number in answer]
    with registry.read() as session:
        held = [version.version for version in models.versions_of(session, "races") if "champion" in version.aliases]
        history = models.alias_history(session, "races")
    assert len(winners) == 1 and winners == held
    assert [(event.details["from"], event.details["to"]) for event in history] == [(1, held[0]), (0, 1)]


def test_processes_that_open_a_new_database_at_once_all_succeed(tmp_path: Path, database_url: str, race: Race) -> None:
    home = Home.at(tmp_path / "new", database_url)
    kind = "postgresql" if database_url else "sqlite"
    assert race(home, "opened", 6) == [[kind]] * 6
    Registry.open(home, migrate=False).close()
