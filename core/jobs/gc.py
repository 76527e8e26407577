"""Removing what crashed or abandoned work left behind; nothing that a record names is touched."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from core.jobs import uploads
from registry import orphans, runs
from registry.errors import NotFound

if TYPE_CHECKING:
    from registry.session import Registry

OF_A_RUN = re.compile(r"[0-9a-f]{32}(-\d+|\.log)?")


def sweep(registry: Registry, older_than: float) -> dict[str, int]:
    """Remove what was untouched for `older_than` seconds; says how many of each kind went."""
    found = orphans.sweep(registry, older_than)
    return {
        "artifacts": len(found.artifacts),
        "staging": found.staging,
        "uploads": uploads.sweep(registry, min(older_than, uploads.KEPT_SECONDS)),
        "checkpoints": _ended(registry, registry.home.checkpoints, older_than),
        "scratch": _ended(registry, registry.home.scratch, older_than),
        "logs": _ended(registry, registry.home.logs, older_than),
    }


def _ended(registry: Registry, folder: Path, older_than: float) -> int:
    """Remove the entries of runs that are over (or never were); what is not named after a run stays."""
    named = [path for path in folder.iterdir() if OF_A_RUN.fullmatch(path.name)]
    gone = [path for path in named if _age(path) > older_than and _over(registry, path.name[:32])]
    for path in gone:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return len(gone)


def _over(registry: Registry, run_id: str) -> bool:
    try:
        with registry.read() as session:
            return runs.get(session, run_id).over
    except NotFound:
        return True


def _age(path: Path) -> float:
    return time.time() - path.lstat().st_mtime
