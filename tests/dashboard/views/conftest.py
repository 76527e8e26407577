"""A home in which two models have really been trained on a sample dataset: made once, linked anew for each test."""

from __future__ import annotations

import io
import shutil
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from core.data.columns import guess
from core.jobs import datasets as saving
from core.jobs import submit, uploads
from core.jobs.settings import EngineSettings
from core.jobs.supervising import Worker
from registry import runs
from registry.home import Home
from registry.records import DatasetVersion, Run
from registry.session import Registry


@pytest.fixture(autouse=True)
def no_worker_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages under test start no worker; tests that want work done call `work`."""
    monkeypatch.setenv("AMONTILLADO_WORKER", "external")
    monkeypatch.setenv("AMONTILLADO_USER", "ada")


@pytest.fixture(scope="session")
def trained(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with `first/1` and `second/1`, both TF-IDF, and the runs that made them; never written to."""
    root = tmp_path_factory.mktemp("trained") / "home"
    shutil.copytree(prepared, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AMONTILLADO_WORKER", "external")
        patch.setenv("AMONTILLADO_HOME", str(root))
        registry = Registry.open(Home.at(root))
        dataset = meals(registry)
        for name, features in (("first", "words and letters"), ("second", "words")):
            submit.fine_tune(
                registry,
                dataset=dataset.id,
                method="tfidf",
                base=None,
                name=name,
                parameters={"features": features},
                who="ada",
            )
        work(registry)
        registry.close()
    return root


def meals(registry: Registry) -> DatasetVersion:
    """A small dataset with three labels; one in eight rows says what its label does not, so that there are mistakes."""
    words = {"good": ("love", "lovely", "enjoy"), "bad": ("hate", "awful", "spit out"), "plain": ("eat", "cook", "buy")}
    dishes = ("pizza", "soup", "rice", "cake", "beans", "toast", "curry", "salad")
    labels = list(words)
    rows = []
    for number, (dish, place, label) in enumerate(product(dishes, ("home", "work", "the inn"), labels)):
        said = labels[(labels.index(label) + 1) % 3] if number % 8 == 7 else label
        rows += [f"I {word} {dish} at {place},{label}" for word in words[said]]
    staged = uploads.stage(registry, "meals.csv", io.BytesIO("\n".join(["text,label", *rows]).encode()))
    mapping = guess(uploads.parse(staged), staged.table)
    assert mapping is not None
    return saving.save(registry, staged, uploads.check(staged, mapping), name="meals", who="ada")


def work(registry: Registry) -> tuple[Run, ...]:
    """Do all queued work with a real worker and its real run processes; returns the runs, newest first."""
    worker = Worker(registry, EngineSettings.from_environment())
    end = time.monotonic() + 300
    while worker.step() and time.monotonic() < end:
        time.sleep(0.1)
    with registry.read() as session:
        return runs.listing(session)


@pytest.fixture
def original(trained: Path) -> Path:
    """Pages of models are tried on a home with trained models in it."""
    return trained


@pytest.fixture
def registry(workspace: Path) -> Iterator[Registry]:
    """The registry that the pages of the test see."""
    opened = Registry.open(Home.at(workspace))
    yield opened
    opened.close()


@pytest.fixture
def finish(registry: Registry):  # noqa: ANN201
    """Does all queued work."""
    return lambda: work(registry)
