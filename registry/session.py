"""Opening the registry, and the two ways to talk to it: `begin()` to write, `read()` to read.

A `begin()` block is one transaction: all of it happens or nothing does. SQLite by default, PostgreSQL by URL; the
settings of SQLite are in registry/sqlite.py. Open a Registry in the process that uses it: a connection does not
survive a fork.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, func, make_url, select
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from registry import migrations, sqlite
from registry.artifacts import ArtifactStore
from registry.errors import Refused, RegistryProblem, Unavailable
from registry.home import Home

LOCK_SECONDS = 30


class Registry:
    """The records and the files of one home. Safe to share between threads; one per process."""

    def __init__(self, home: Home, writing: Engine, reading: Engine, objection: str) -> None:
        self.home = home
        self.artifacts = ArtifactStore(home.artifact_url, home.cache / "artifacts")
        self.objection = objection  # why SQLite runs without WAL, "" when it runs with it
        self._writing, self._reading = writing, reading
        self._open = threading.local()

    @classmethod
    def open(cls, home: Home, *, migrate: bool = True) -> Registry:
        """Open the registry of `home`, bringing its tables up to date unless `migrate` is off.

        Errors: WrongSchema when a newer program made the database (or it is not up to date and `migrate` is off),
        Unavailable when it does not answer, Refused when the URL names no database that can be used.
        """
        home.prepare()
        url = normalised(home.database_url)
        registry = cls(home, *_engines(url))
        with _translated():
            (migrations.upgrade if migrate else migrations.check)(registry._writing)
        return registry

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._writing.dialect.name

    @contextmanager
    def begin(self, *, alone: str = "") -> Iterator[Session]:
        """One writing transaction; committed at the end of the block, rolled back on any error.

        `alone`: two blocks with the same word never run at the same time, in any process (on SQLite no two writing
        blocks ever do). Not to be nested: the inner block would wait for the outer one for ever.
        """
        if getattr(self._open, "writing", False):
            raise RuntimeError("a writing block inside a writing block of the same thread would wait for itself")
        self._open.writing = True
        try:
            with _translated(), Session(self._writing) as session, session.begin():
                session.connection()  # takes the turn now, not at the first statement
                if alone and self.dialect == "postgresql":
                    session.execute(select(func.pg_advisory_xact_lock(func.hashtext(alone))))
                yield session
        finally:
            self._open.writing = False

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One reading transaction: everything in the block sees the same moment, and nothing can be written."""
        with _translated(), Session(self._reading) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close all connections."""
        self._writing.dispose()
        self._reading.dispose()


def normalised(text: str) -> URL:
    """A database URL that can be used here; Refused says what is wrong with any other."""
    text = text.replace("postgres://", "postgresql://", 1) if text.startswith("postgres://") else text
    try:
        url = make_url(text)
    except ArgumentError:
        raise Refused(
            "AMONTILLADO_DATABASE_URL is not a database URL; write sqlite:////path/registry.db or "
            "postgresql://user:password@host/name."
        ) from None
    kind = url.get_backend_name()
    if kind == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite")
    raise Refused(
        f"AMONTILLADO_DATABASE_URL names {url.render_as_string(hide_password=True)}, which cannot be used here; "
        "use an SQLite file or PostgreSQL."
    )


def _engines(url: URL) -> tuple[Engine, Engine, str]:
    if url.get_backend_name() == "sqlite":
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
        return sqlite.engines(url)
    options = f"-c timezone=utc -c lock_timeout={LOCK_SECONDS * 1000}"
    engine = create_engine(
        url,
        connect_args={"connect_timeout": 10, "application_name": "amontillado", "options": options},
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=15,
    )
    return engine, engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True), ""


@contextmanager
def _translated() -> Iterator[None]:
    """What a database says when it is busy, full or away becomes a sentence; everything else stays as it is."""
    try:
        yield
    except PoolTimeout as error:
        raise Unavailable("The registry is busy: too many requests at once. Try again in a minute.") from error
    except DatabaseError as error:
        problem = None if isinstance(error, IntegrityError | DataError | ProgrammingError) else _problem(error)
        if problem is None:
            raise
        raise problem from error


def _problem(error: DatabaseError) -> RegistryProblem | None:
    said = str(error.orig).lower()
    if "locked" in said or "lock timeout" in said or "deadlock" in said:
        return Unavailable("The registry is busy: another program holds its database. Try again in a minute.")
    if "full" in said or "no space" in said:
        return Unavailable("The disk that holds the registry is full. Free some space, then try again.")
    if "unable to open" in said or "readonly" in said:
        return Unavailable(
            "The registry's database file cannot be opened for writing. Check that the home folder exists and is yours."
        )
    if "not a database" in said or "malformed" in said:
        return Unavailable("The registry's database file is damaged. Restore it from a backup.")
    if error.connection_invalidated or "connect" in said or "shutting down" in said or "starting up" in said:
        return Unavailable("The registry's database does not answer. Check that the server runs, then try again.")
    return None
