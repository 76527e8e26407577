"""Transactions: all or nothing, readers that see one moment, and sentences instead of driver errors."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry import runs, sqlite
from registry.errors import Refused, Unavailable
from registry.home import Home
from registry.session import Registry, normalised
from registry.tables import UserRow


def test_a_block_that_fails_leaves_nothing(registry: Registry, making) -> None:
    with pytest.raises(ZeroDivisionError), registry.begin() as session:
        runs.submit(session, kind="x", title="t", config={}, who="ann")
        raise ZeroDivisionError
    with registry.read() as session:
        assert runs.listing(session) == ()


def test_a_reading_block_sees_one_moment(registry: Registry, making) -> None:
    making.run()
    with registry.read() as session:
        assert len(runs.listing(session)) == 1
        making.run()
        assert len(runs.listing(session)) == 1
    with registry.read() as session:
        assert len(runs.listing(session)) == 2


def test_a_reading_block_cannot_write(registry: Registry) -> None:
    with pytest.raises((DBAPIError, Unavailable)), registry.read() as session:
        session.add(UserRow(name="ann"))
        session.flush()
    with registry.begin() as session:
        assert session.get(UserRow, "ann") is None


def test_readers_are_not_kept_waiting_by_a_writer(registry: Registry, making) -> None:
    making.run()
    with registry.begin() as session:
        runs.submit(session, kind="x", title="t", config={}, who="ann")
        session.flush()
        with registry.read() as other:
            assert len(runs.listing(other)) == 1


def test_a_writing_block_inside_another_is_a_mistake_found_at_once(registry: Registry) -> None:
    with pytest.raises(RuntimeError, match="inside"), registry.begin(), registry.begin():
        pass
    with registry.begin():
        pass


def test_blocks_with_the_same_word_take_turns(registry: Registry) -> None:
    order: list[str] = []
    entered = threading.Event()

    def first() -> None:
        with registry.begin(alone="preparing"):
            entered.set()
            time.sleep(0.3)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    entered.wait(30)
    with registry.begin(alone="preparing"):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]


def test_a_short_lock_is_waited_out(embedded: Registry) -> None:
    path = embedded.home.root / "registry.db"
    outside = sqlite.driver().connect(str(path), isolation_level=None, check_same_thread=False)
    outside.execute("BEGIN IMMEDIATE")
    threading.Timer(0.5, lambda: outside.execute("COMMIT")).start()
    with embedded.begin() as session:
        runs.submit(session, kind="x", title="t", config={}, who="ann")
    with embedded.read() as session:
        assert len(runs.listing(session)) == 1


def test_a_long_lock_ends_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    registry = Registry.open(Home.at(tmp_path))
    outside = sqlite.driver().connect(tmp_path / "registry.db", isolation_level=None)
    outside.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="busy.*Try again"), registry.begin():
        pass
    outside.execute("ROLLBACK")
    with registry.begin():
        pass
    registry.close()


def test_a_full_disk_ends_in_a_sentence_and_work_goes_on_afterwards(embedded: Registry, making) -> None:
    with embedded._writing.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(Unavailable, match="full.*Free some space"), embedded.begin() as session:
        runs.submit(session, kind="x", title="t", config={"text": "x" * 100_000}, who="ann")
    with embedded._writing.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    with embedded.begin() as session:
        runs.submit(session, kind="x", title="t", config={"text": "x" * 100_000}, who="ann")
        assert runs.queued_or_running(session) == 1


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "registry.db").write_bytes(b"not a database, certainly not one" * 100)
    with pytest.raises(Unavailable, match="damaged.*backup"):
        Registry.open(Home.at(tmp_path))


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="does not answer"):
        Registry.open(Home.at(tmp_path, f"postgresql://nobody@/none?host={tmp_path}"))


@pytest.mark.parametrize("url", ["postgres://u:p@h/d", "postgresql://u:p@h/d", "postgresql+psycopg2://u:p@h/d"])
def test_every_spelling_of_postgresql_means_psycopg_3(url: str) -> None:
    assert normalised(url).render_as_string(hide_password=False) == "postgresql+psycopg://u:p@h/d"


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://u:secret@h/d", "sqlite://", "sqlite:///:memory:"])
def test_a_database_that_cannot_be_used_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(Refused, match="AMONTILLADO_DATABASE_URL") as caught:
        normalised(url)
    assert "secret" not in str(caught.value)


def test_a_server_that_drops_a_connection_is_said_and_the_next_block_works(postgres_registry: Registry) -> None:
    registry = postgres_registry
    with pytest.raises(Unavailable, match="does not answer"), registry.begin() as session:
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    with registry.begin() as session:
        runs.submit(session, kind="x", title="t", config={}, who="ann")
        mine = session.scalar(text("SELECT pg_backend_pid()"))
    with psycopg.connect(registry.home.database_url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = %s", (mine,))
    with registry.read() as session:  # the pool held a dead connection
        assert runs.queued_or_running(session) == 1


def test_a_lock_that_lasts_too_long_ends_in_a_sentence_on_postgresql(postgres_registry: Registry, make) -> None:
    run = make(postgres_registry).claimed()
    url = postgres_registry.home.database_url.replace("+psycopg", "")
    with psycopg.connect(url) as outside:
        outside.execute("UPDATE run SET title = title")
        with pytest.raises(Unavailable, match="busy"), postgres_registry.begin() as session:
            session.execute(text("SET LOCAL lock_timeout = 200"))
            runs.beat(session, run.id, 1)
    with postgres_registry.begin() as session:
        runs.beat(session, run.id, 1)
