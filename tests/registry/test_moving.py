"""All records to another database and back, unchanged, and numbers that go on where they stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from registry import bias_results, datasets, models, moving, runs, scores
from registry.base import Base
from registry.errors import Refused
from registry.home import Home
from registry.records import Artifact
from registry.session import Registry

FILES = Artifact("bias/" + "b" * 32, "e" * 64, 1, (("found.json", 1, "f" * 64),))


def everything(registry: Registry) -> dict[str, list[tuple[object, ...]]]:
    with registry.read() as session:
        return {
            table.name: sorted(map(tuple, session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture
def full(embedded: Registry, make: Callable[[Registry], Any]) -> Registry:
    """A registry with some of everything."""
    making = make(embedded)
    data, base = making.dataset(report={"z": 1, "a": [None, "é"]}), making.model(name="base")
    run = making.claimed(config={"dataset": data.id})
    heir = making.model(parent=base.id, dataset_version=data.id, run=run.id)
    with embedded.begin() as session:
        models.set_alias(session, "questions", "champion", 1, "ann")
        models.tag(session, "questions", "t", "ann")
        models.tag(session, heir.id, "u", "ann")
        runs.measure(session, run.id, 1, 1, 0.5, {"loss": 0.1})
        scores.add(
            session, model_version=heir.id, dataset_version=data.id, split="test", rows=5, evaluation_hash="h",
            metrics={"f1": {"value": 0.1}}, details={}, artifact=None, who="ann",
        )  # fmt: skip
        bias_results.add(
            session, model_version=heir.id, run=run.id, measure="weat", identity="i", inputs={"name": "WEAT 6"},
            settings={"seed": 0}, found={}, artifact=FILES, who="ann",
        )  # fmt: skip
        runs.finish(session, run.id, 1, {"model_version": heir.id})
    return embedded


@pytest.fixture(params=["embedded", "postgres_registry"], ids=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Registry:
    """An empty registry that is not the first one."""
    if request.param == "embedded":
        return Registry.open(Home.at(tmp_path / "second"))
    opened: Registry = request.getfixturevalue(request.param)
    return opened


def test_every_row_arrives_and_comes_back(full: Registry, target: Registry, tmp_path: Path) -> None:
    before = everything(full)
    counts = moving.move(full, target)
    assert counts == {name: len(rows) for name, rows in before.items()} and all(
        counts[name] for name in counts if name != "person"
    )
    assert everything(target) == before
    back = Registry.open(Home.at(tmp_path / "back"))
    moving.move(target, back)
    assert everything(back) == before


def test_work_goes_on_in_the_new_database(full: Registry, target: Registry) -> None:
    moving.move(full, target)
    with target.begin() as session:
        run = runs.submit(session, kind="x", title="next", config={}, who="ann")
        assert run.number == 2
        assert models.get(session, "questions@champion").parent == models.get(session, "base").id
        assert datasets.get(session, "trec").report == {"z": 1, "a": [None, "é"]}


def test_an_empty_registry_moves_too(target: Registry, tmp_path: Path) -> None:
    source = Registry.open(Home.at(tmp_path / "empty"))
    assert set(moving.move(source, target).values()) == {0}


def test_a_database_with_records_is_refused(full: Registry, target: Registry) -> None:
    moving.move(full, target)
    before = everything(target)
    with pytest.raises(Refused, match="holds records already"):
        moving.move(full, target)
    assert everything(target) == before


def test_the_command(full: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setenv("AMONTILLADO_HOME", str(full.home.root))
    monkeypatch.delenv("AMONTILLADO_DATABASE_URL", raising=False)
    url = f"sqlite:///{tmp_path}/other.db"
    assert moving.main([url]) == 0
    assert "records copied" in capsys.readouterr().out
    assert moving.main([url]) == 1
    assert "holds records already" in capsys.readouterr().err
    assert moving.main([]) == 2
