"""`worker`, `db` and `doctor`: running the thing."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from core.commands.answer import Answer, table
from core.commands.options import Verbs, noun, verb, workspace
from registry.home import Home


def add(verbs: Verbs) -> None:
    """Add the verbs."""
    verb(verbs, "worker", "Run queued work until told to leave.", worker)
    own = noun(verbs, "db", "The registry's database.")
    verb(own, "upgrade", "Prepare the home and bring its tables up to date.", upgrade)
    out = verb(own, "backup", "Copy database and files into a new folder.", backup)
    out.add_argument("folder", type=Path)
    back = verb(own, "restore", "Bring a backup into a home that is empty.", restore)
    back.add_argument("folder", type=Path)
    verb(verbs, "doctor", "Check this installation.", doctor)


def worker(asked: argparse.Namespace) -> Answer:
    """Prepare the home, then become the worker: a fresh process that holds nothing but what a worker needs."""
    workspace().close()
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "core.jobs.worker", "--forever"])  # noqa: S606


def upgrade(asked: argparse.Namespace) -> Answer:
    """Prepare."""
    home = workspace().home
    return Answer({"home": home.root}, f"{home.root} is ready.")


def backup(asked: argparse.Namespace) -> Answer:
    """Copy everything that a record names."""
    from registry.backup import backup as write

    artifacts = write(workspace(), asked.folder.expanduser().resolve())
    return Answer(
        {"backup": asked.folder, "artifacts": artifacts}, f"Backed up to {asked.folder}: {artifacts} artifacts."
    )


def restore(asked: argparse.Namespace) -> Answer:
    """Bring a backup back and check every file of it."""
    from core.jobs import restoring

    home = Home.from_environment()
    checked = restoring.restore(asked.folder.expanduser().resolve(), home)
    return Answer({"home": home.root, "checked": checked}, f"Restored into {home.root}; {checked} artifacts checked.")


def doctor(asked: argparse.Namespace) -> Answer:
    """Check and say what to do."""
    from core.jobs.doctor import examine

    checks = examine(workspace())
    rows = [
        ("ok" if check.well else "BAD", check.name, check.found, "" if check.well else check.action) for check in checks
    ]
    well = all(check.well for check in checks)
    return Answer({"well": well, "checks": checks}, table(("", "check", "found", "do"), rows), failed=not well)
