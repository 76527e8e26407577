"""A backup that is itself a home: a copy of the SQLite file and of every artifact that its records name.

The database is copied first, at one moment, while work goes on; artifacts never change, so what the copied records name
can be copied afterwards. PostgreSQL has its own tools for this (pg_dump).
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

from registry import sqlite
from registry.artifacts import place
from registry.errors import Refused
from registry.home import Home
from registry.orphans import in_use
from registry.session import Registry, normalised


def backup(registry: Registry, folder: Path) -> int:
    """Write the backup into a new folder and say how many artifacts it holds; Refused when the folder exists.

    An artifact that is deleted while the backup runs is absent from it, as `verify` on its model will tell.
    """
    if registry.dialect != "sqlite":
        raise Refused("Records in PostgreSQL are backed up with pg_dump; the artifact folder can be copied as it is.")
    if not registry.artifacts.is_local:
        raise Refused("The artifacts lie in a store of their own, which has to be backed up with its own tools.")
    if folder.exists():
        raise Refused(f"There is something at {folder} already; name a folder that does not exist.")
    home = Home.at(folder).prepare()
    sqlite.copy(normalised(registry.home.database_url), home.root / "registry.db")
    return _copy_artifacts(registry, home)


def _copy_artifacts(registry: Registry, home: Home) -> int:
    copied = 0
    with closing(Registry.open(home)) as restored, restored.read() as session:
        for key in sorted(in_use(session) & set(registry.artifacts.stored())):
            shutil.copytree(registry.artifacts.root / place(key), restored.artifacts.root / place(key))
            copied += 1
    return copied
