"""SQLite as the embedded default: which build is used, and how a connection is set up.

What is unusual. Builds from 3.7.0 to 3.51.2 can lose or corrupt data in WAL mode (the WAL-reset race; mended in 3.51.3
and, in older lines, 3.50.7 and 3.44.6), and Debian 12 ships such a build: the pysqlite3 wheel is preferred, and
without a mended build the rollback journal is used. WAL also needs a local disk. `synchronous=FULL` makes a commit that
was acknowledged survive a power cut, about 4 ms each.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event

from registry.errors import Unavailable

BUSY_SECONDS = 30
_NETWORK_DISKS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "fuse.sshfs"}
_log = logging.getLogger(__name__)


def driver() -> Any:
    """The DB-API module with the best SQLite build: pysqlite3 where installed, else the standard library's."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return sqlite3
    return dbapi2


def mended(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite build has no WAL-reset race."""
    return (
        version >= (3, 51, 3)
        or version[:2] == (3, 50)
        and version[2] >= 7
        or version[:2] == (3, 44)
        and version[2] >= 6
    )


def objection_to_wal(version: tuple[int, int, int], folder: Path) -> str:
    """Why write-ahead logging is not used here, in one sentence; empty when nothing speaks against it."""
    if not mended(version):
        return (
            f"SQLite {'.'.join(map(str, version))} can damage a database in WAL mode, so the slower rollback journal "
            "is used; install pysqlite3 or SQLite 3.51.3 or later."
        )
    disk = disk_type(folder)
    if disk in _NETWORK_DISKS:
        return (
            f"The database lies on a network disk ({disk}), where WAL mode is not safe, so the slower rollback "
            "journal is used; put the home folder on a local disk or use PostgreSQL."
        )
    return ""


def disk_type(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The file system type that holds `folder`; empty where the system does not tell."""
    try:
        lines = mounts.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    found = [(len(point), kind) for point, kind in map(_mount, lines) if folder.resolve().is_relative_to(point)]
    return max(found, default=(0, ""))[1]


def engines(url: URL) -> tuple[Engine, Engine, str]:
    """A writing and a reading engine for the same file, and the objection to WAL mode, if any.

    Every write transaction starts with BEGIN IMMEDIATE: it waits for its turn, and what it reads stays true until it
    commits. Reading connections cannot write at all.
    """
    module = driver()
    objection = objection_to_wal(module.sqlite_version_info, Path(url.database or ".").parent)
    if objection:
        _log.warning(objection)
    journal = "DELETE" if objection else "WAL"
    writing = _engine(url, module, journal, "BEGIN IMMEDIATE", query_only=False)
    return writing, _engine(url, module, journal, "BEGIN", query_only=True), objection


def copy(url: URL, target: Path) -> None:
    """Copy a database that others may be writing to, as it is at one moment, and check the copy."""
    module = driver()
    with closing(module.connect(url.database, timeout=BUSY_SECONDS)) as old, closing(module.connect(target)) as new:
        old.backup(new)
        (answer,) = new.execute("PRAGMA integrity_check").fetchone()
    if answer != "ok":
        raise Unavailable(f"The copy of the database is damaged ({answer}); the original may be damaged too.")


def _engine(url: URL, module: Any, journal: str, begin: str, *, query_only: bool) -> Engine:
    engine = create_engine(
        url,
        module=module,
        connect_args={"timeout": BUSY_SECONDS},
        pool_size=5,
        max_overflow=45,
        pool_timeout=BUSY_SECONDS,
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        connection.execute(f"PRAGMA journal_mode={journal}")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(f"PRAGMA query_only={int(query_only)}")

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _mount(line: str) -> tuple[str, str]:
    _, point, kind, *_ = [*line.split(" "), "", "", ""]
    return point.replace("\\040", " "), kind
