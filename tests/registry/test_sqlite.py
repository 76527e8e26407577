"""SQLite builds, disks and connection settings."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from registry import sqlite
from registry.home import Home
from registry.session import Registry

DEBIAN_12 = (3, 40, 1)


@pytest.mark.parametrize(
    ("version", "good"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 9), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_builds_without_the_wal_reset_race(version: tuple[int, int, int], good: bool) -> None:
    assert sqlite.mended(version) is good


def test_this_machine_uses_wal_full_sync_and_foreign_keys(embedded: Registry) -> None:
    assert sqlite.mended(sqlite.driver().sqlite_version_info), "install the pinned pysqlite3 wheel"
    assert embedded.objection == ""
    for engine, only in ((embedded._writing, 0), (embedded._reading, 1)):
        with engine.connect() as connection:
            names = ("journal_mode", "synchronous", "foreign_keys", "query_only", "busy_timeout")
            found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
        assert found == ["wal", 2, 1, only, 30_000]


def test_a_bad_build_falls_back_to_the_rollback_journal_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Old:
        def __getattr__(self, name: str) -> object:
            return DEBIAN_12 if name == "sqlite_version_info" else getattr(sqlite3, name)

    Registry.open(Home.at(tmp_path)).close()  # left in WAL mode by a good build
    monkeypatch.setattr(sqlite, "driver", Old)
    with caplog.at_level(logging.WARNING):
        opened = Registry.open(Home.at(tmp_path))
    assert "3.40.1 can damage" in opened.objection and opened.objection in caplog.text
    with opened._writing.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
    opened.close()


def test_a_network_disk_is_found_by_its_longest_mount_point(tmp_path: Path) -> None:
    (tmp_path / "my home").mkdir()
    mounts = tmp_path / "mounts"
    shown = str(tmp_path).replace(" ", "\\040")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {shown}/my\\040home nfs4 rw 0 0\nbroken\n")
    assert sqlite.disk_type(tmp_path / "my home", mounts) == "nfs4"
    assert sqlite.disk_type(tmp_path, mounts) == "ext4"
    assert sqlite.disk_type(tmp_path, tmp_path / "none") == ""


def test_wal_is_refused_on_a_network_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "disk_type", lambda folder: "nfs4")
    assert "network disk (nfs4)" in sqlite.objection_to_wal((3, 53, 4), Path("/data"))
    assert "3.40.1" in sqlite.objection_to_wal(DEBIAN_12, Path("/data"))


def test_a_writer_waits_for_its_turn_from_the_very_start(embedded: Registry) -> None:
    begun: list[str] = []
    with embedded._writing.connect() as connection:
        driver = connection.connection.driver_connection
        driver.set_trace_callback(begun.append)
        connection.exec_driver_sql("SELECT 1")
        driver.set_trace_callback(None)
    assert begun[:2] == ["BEGIN IMMEDIATE", "SELECT 1"]


def test_a_reader_cannot_write(embedded: Registry) -> None:
    with pytest.raises(OperationalError, match="readonly"), embedded._reading.begin() as connection:
        connection.exec_driver_sql("DELETE FROM run")
