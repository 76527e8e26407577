"""From nothing to the newest schema: whole or not at all, the same as the tables, and never over a newer one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from registry import migrations
from registry.base import Base
from registry.errors import WrongSchema
from registry.home import Home
from registry.session import Registry


@pytest.fixture
def empty(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """A registry whose database has no tables yet."""
    monkeypatch.setattr(migrations, "check", lambda engine: None)
    opened = Registry.open(Home.at(tmp_path, database_url), migrate=False)
    monkeypatch.undo()
    yield opened
    opened.close()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def test_the_newest_schema_is_the_tables_and_nothing_else(registry: Registry) -> None:
    assert tables(registry._writing) == set(Base.metadata.tables) | {"alembic_version"}
    with registry._writing.connect() as connection:
        command.check(migrations.settings(connection))  # raises when a column, an index or a key differs


def test_head_is_the_last_revision_and_there_is_one_line_of_history() -> None:
    scripts = ScriptDirectory.from_config(migrations.settings())
    assert scripts.get_heads() == [migrations.HEAD]
    assert migrations.HEAD in migrations.known()


def test_opening_again_changes_nothing(registry: Registry, making) -> None:
    run = making.run()
    again = Registry.open(registry.home)
    with again.read() as session:
        from registry import runs

        assert runs.get(session, run.id).title == run.title
    again.close()


def test_a_database_of_a_newer_program_is_left_alone(registry: Registry) -> None:
    with registry._writing.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for migrate in (True, False):
        with pytest.raises(WrongSchema, match="schema 9999, made by a newer Amontillado.*Install"):
            Registry.open(registry.home, migrate=migrate)
    assert migrations.current(registry._writing) == "9999"


def test_a_database_that_is_behind_is_said_unless_it_may_be_upgraded(empty: Registry) -> None:
    with pytest.raises(WrongSchema, match="not up to date"):
        Registry.open(empty.home, migrate=False)
    Registry.open(empty.home).close()
    Registry.open(empty.home, migrate=False).close()


def test_an_interrupted_upgrade_leaves_the_old_schema(empty: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import op

    made = []

    def power_cut(*arguments: object, **keywords: object) -> None:
        made.append(arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(op, "create_index", power_cut)
    with pytest.raises(KeyboardInterrupt):
        migrations.upgrade(empty._writing)
    assert made and tables(empty._writing) <= {"alembic_version"}
    monkeypatch.undo()
    migrations.upgrade(empty._writing)
    assert migrations.current(empty._writing) == migrations.HEAD


def test_foreign_keys_are_watched_again_after_an_upgrade(empty: Registry) -> None:
    migrations.upgrade(empty._writing)
    if empty.dialect == "sqlite":
        with empty._writing.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_down_to_nothing_and_up_again(registry: Registry) -> None:
    with registry._writing.connect() as connection, connection.begin():
        command.downgrade(migrations.settings(connection), "base")
    assert tables(registry._writing) == {"alembic_version"}
    migrations.upgrade(registry._writing)
    assert "run" in tables(registry._writing)
