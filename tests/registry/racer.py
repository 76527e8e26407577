"""Several processes that do the same thing at the same moment; started by tests/registry/test_races.py.

They are forked after the imports and wait for each other, so that they really race.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import threading
from collections.abc import Callable
from typing import Any

from registry import models, runs
from registry.errors import Refused
from registry.home import Home
from registry.names import new_id
from registry.records import Artifact
from registry.session import Registry


def claim(registry: Registry, worker: int) -> list[Any]:
    """Claim until nothing is left; id and attempt of each."""
    claimed: list[Any] = []
    while True:
        with registry.begin() as session:
            run = runs.claim(session, worker=str(worker), ttl=60)
        if run is None:
            return claimed
        claimed.append([run.id, run.attempt])


def claim_and_finish(registry: Registry, worker: int) -> list[Any]:
    claimed: list[Any] = []
    while True:
        with registry.begin() as session:
            run = runs.claim(session, worker=str(worker), ttl=60)
        if run is None:
            return claimed
        with registry.begin() as session:
            runs.finish(session, run.id, run.attempt, {"by": worker})
        claimed.append([run.id, run.attempt])


def register(registry: Registry, worker: int, threads: int) -> list[Any]:
    """Register one version of the same name from each thread; the version numbers."""
    given: list[Any] = []
    artifact = Artifact("model/" + "a" * 32, "d" * 64, 3, (("weights", 3, "e" * 64),))

    def one() -> None:
        with registry.begin() as session:
            version = models.add(
                session, name="races", kind="fine_tuned", method="", labels=(), problem_type="", parent=None,
                dataset_version=None, run=None, parameters={}, facts={}, digest=new_id(), artifact=artifact, notes="",
                who="racer",
            )  # fmt: skip
        given.append(version.version)

    together(threads, one)
    return given


def move(registry: Registry, worker: int, threads: int) -> list[Any]:
    """Move the alias from version 1 to another version from each thread; which versions got it."""
    numbers = iter(range(2 + worker * threads, 2 + worker * threads + threads))
    moved: list[Any] = []

    def one() -> None:
        number = next(numbers)
        try:
            with registry.begin() as session:
                models.set_alias(session, "races", "champion", number, "racer", expected=1)
        except Refused:
            return
        moved.append(number)

    together(threads, one)
    return moved


def opened(registry: Registry, worker: int) -> list[Any]:
    return [registry.dialect]


def together(threads: int, one: Callable[[], None]) -> None:
    started = [threading.Thread(target=one) for _ in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()


def race(verb: str, worker: int, rest: list[int], start: Any, answers: Any) -> None:
    start.wait(60)
    try:
        answers.put([worker, globals()[verb](Registry.open(Home.from_environment()), worker, *rest)])
    except BaseException as error:
        answers.put([worker, [f"{type(error).__name__}: {error}"]])
        raise


def main(verb: str, processes: int, *rest: int) -> None:
    """Write one JSON list, in the order of the processes, of what each returned."""
    forked = multiprocessing.get_context("fork")
    start, answers = forked.Barrier(processes), forked.Queue()
    racers = [forked.Process(target=race, args=(verb, n, list(rest), start, answers)) for n in range(processes)]
    for racer in racers:
        racer.start()
    found = dict(answers.get(timeout=120) for _ in racers)
    for racer in racers:
        racer.join(60)
    sys.stdout.write(json.dumps([found[number] for number in range(processes)]))
    sys.exit(max(abs(racer.exitcode or 0) for racer in racers))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
