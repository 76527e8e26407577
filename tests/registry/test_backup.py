"""A backup taken while work goes on is a home that works."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from registry import models, runs
from registry.artifacts import place
from registry.backup import backup
from registry.errors import Refused
from registry.home import Home
from registry.names import new_id
from registry.session import Registry


def published(registry: Registry, make: Callable[[Registry], Any], content: str) -> Any:
    with registry.artifacts.staging() as folder:
        (folder / "weights").write_text(content)
        artifact = registry.artifacts.publish(folder, "model", new_id())
    return make(registry).model(artifact=artifact)


def test_records_and_files_of_one_moment(embedded: Registry, make: Callable[[Registry], Any], tmp_path: Path) -> None:
    version = published(embedded, make, "one")
    with embedded.artifacts.staging() as folder:  # files without a record do not come along
        (folder / "weights").write_text("lost")
        lost = embedded.artifacts.publish(folder, "model", new_id())
    stop = threading.Event()

    def keep_writing() -> None:
        while not stop.is_set():
            make(embedded).run()

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        assert backup(embedded, tmp_path / "backup") == 1
    finally:
        stop.set()
        writer.join()
    restored = Registry.open(Home.at(tmp_path / "backup"))
    with restored.read() as session:
        assert models.get(session, "questions/1") == version
        kept = runs.listing(session, limit=100_000)
    assert (restored.artifacts.local(version.artifact) / "weights").read_text() == "one"
    assert lost.key not in restored.artifacts.stored()
    assert [run.number for run in reversed(kept)] == list(range(1, len(kept) + 1)), "no hole: it is one moment"
    make(restored).run()


def test_a_backup_never_writes_over_anything(embedded: Registry, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="something at"):
        backup(embedded, tmp_path)


def test_postgresql_has_its_own_tools(postgres_registry: Registry, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="pg_dump"):
        backup(postgres_registry, tmp_path / "backup")


def test_a_file_that_vanished_meanwhile_is_told_on_load(
    embedded: Registry, make: Callable[[Registry], Any], tmp_path: Path
) -> None:
    version = published(embedded, make, "gone")
    embedded.artifacts.delete(version.artifact)
    assert backup(embedded, tmp_path / "backup") == 0
    assert not (tmp_path / "backup" / "artifacts" / place(version.artifact.key)).exists()
