"""The schema's history (Alembic), and bringing a database to the newest one.

An upgrade is one transaction under a lock, so several processes may start at once and an interrupted upgrade leaves the
old schema. A database with a revision unknown here was made by a newer program and is left alone. Alembic is imported
only when there is something to do.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from registry.errors import WrongSchema

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0002"
_FOLDER = Path(__file__).resolve().parent
_LOCK = 6021023  # any number, the same in all processes


def upgrade(engine: Engine) -> None:
    """Bring the database to HEAD; WrongSchema when a newer program made it."""
    if current(engine) == HEAD:
        return
    with engine.connect() as connection, _foreign_keys_off(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        _refuse_newer(_revision(connection))
        _run(connection)


def check(engine: Engine) -> None:
    """WrongSchema unless the database is at HEAD."""
    found = current(engine)
    _refuse_newer(found)
    if found != HEAD:
        raise WrongSchema("The registry's database is not up to date; start the dashboard or any command once.")


def current(engine: Engine) -> str:
    """The revision of the database; empty for a new one."""
    with engine.connect() as connection:
        return _revision(connection)


def settings(connection: Connection | None = None) -> Config:
    """Alembic's configuration, made here instead of in an ini file."""
    from alembic.config import Config

    # alembic would keep the standard output of the moment it was imported, which may be closed by now
    config = Config(stdout=sys.stdout, attributes={"connection": connection})
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


def draft(message: str, folder: Path) -> None:
    """For developers: write the next revision, the tables less HEAD; `folder` is for a scratch file."""
    from alembic import command
    from sqlalchemy import create_engine

    engine = create_engine(f"sqlite:///{folder / 'draft.db'}")
    upgrade(engine)
    with engine.begin() as connection:
        command.revision(settings(connection), message, autogenerate=True, rev_id=f"{int(HEAD) + 1:04d}")


def known() -> frozenset[str]:
    """All revisions that this program can upgrade from."""
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory.from_config(settings()).walk_revisions())


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def _refuse_newer(found: str) -> None:
    if found and found != HEAD and found not in known():
        raise WrongSchema(
            f"The registry's database has schema {found}, made by a newer Amontillado; this one knows up to {HEAD}. "
            "Install the newer version, or name another database in AMONTILLADO_DATABASE_URL."
        )


def _run(connection: Connection) -> None:
    from alembic import command

    command.upgrade(settings(connection), "head")
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise WrongSchema("The upgrade would leave records that point nowhere; nothing was changed. Restore a backup.")


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by copying it, which must not cascade; the whole is checked before the commit."""
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys=ON")
