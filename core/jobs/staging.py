"""The staging folder: where the bytes that people send lie until they are saved as something.

Nothing here is a dataset yet and nothing is listed anywhere. A folder is named by a random id, the file inside has a
fixed name, and both go with `discard`, when saved, or by `sweep` an hour after the last touch.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from core.errors import UserProblem

if TYPE_CHECKING:
    from registry.session import Registry

LIMIT_MB = 200
LIMIT_SETTING = "AMONTILLADO_UPLOAD_MB"
KEPT_SECONDS = 3600.0
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".jsonl", ".ndjson", ".json", ".gz", ".zip")
BLOCK = 1 << 20
NAME_FILE = "upload.json"


@dataclass(frozen=True)
class Staged:
    """One file that was sent: `source` is where its bytes lie, `name` what the person called it."""

    id: str
    folder: Path
    source: Path
    name: str

    @property
    def table(self) -> Path:
        """Where the parsed table lies, once `parse` ran."""
        return self.folder / "parsed" / "table.parquet"

    @property
    def checked(self) -> Path:
        """Folder of the checked rows and their report, once `check` ran."""
        return self.folder / "checked"


def stage(registry: Registry, name: str, stream: BinaryIO, *, limit_mb: float | None = None) -> Staged:
    """Copy a stream into a staging folder; UserProblem when it is empty or larger than the limit, nothing kept then."""
    sweep(registry)
    identifier = uuid.uuid4().hex
    folder = registry.home.uploads / identifier
    folder.mkdir(parents=True)
    staged = Staged(identifier, folder, folder / f"source{_suffixes(name)}", Path(name).name[:200] or "upload")
    try:
        _copy(stream, staged.source, int((limit_mb or upload_limit()) * BLOCK), staged.name)
        (folder / NAME_FILE).write_text(
            json.dumps({"name": staged.name, "source": staged.source.name}), encoding="utf-8"
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return staged


def find(registry: Registry, identifier: str) -> Staged | None:
    """The staged file with this id, or None when it is gone (or never was one)."""
    if not re.fullmatch("[0-9a-f]{32}", identifier):
        return None
    folder = registry.home.uploads / identifier
    try:
        facts = json.loads((folder / NAME_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    os.utime(folder)
    return Staged(identifier, folder, folder / facts["source"], facts["name"])


def stage_file(registry: Registry, path: Path, *, limit_mb: float | None = None) -> Staged:
    """Stage a file of this machine; UserProblem when it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stage(registry, path.name, stream, limit_mb=limit_mb)
    except OSError as error:
        raise UserProblem(f"{path} cannot be read ({error.strerror}).", "Give the path of a readable file.") from None


def discard(staged: Staged) -> None:
    """Forget the file."""
    shutil.rmtree(staged.folder, ignore_errors=True)


def sweep(registry: Registry, older_than: float = KEPT_SECONDS) -> int:
    """Remove staging folders untouched for `older_than` seconds; returns how many went."""
    stale = [folder for folder in registry.home.uploads.iterdir() if _age(folder) > older_than]
    for folder in stale:
        shutil.rmtree(folder, ignore_errors=True)
    return len(stale)


def upload_limit() -> float:
    """The largest upload in MiB: AMONTILLADO_UPLOAD_MB or 200."""
    text = os.environ.get(LIMIT_SETTING, "").strip() or str(LIMIT_MB)
    try:
        limit = float(text)
    except ValueError:
        limit = 0.0
    if not 0 < limit < 1e7:
        raise UserProblem(f"{LIMIT_SETTING} is {text!r}.", "It must be a number of megabytes above 0.")
    return limit


def _copy(stream: BinaryIO, target: Path, limit: int, name: str) -> None:
    written = 0
    with target.open("xb") as file:
        while block := stream.read(BLOCK):
            written += len(block)
            if written > limit:
                raise UserProblem(
                    f"{name} is larger than {limit / BLOCK:g} MB.",
                    f"Split the file, or raise {LIMIT_SETTING}.",
                )
            file.write(block)
    if not written:
        raise UserProblem(f"{name} is empty.", "Give a file with a header line and rows.")


def _suffixes(name: str) -> str:
    """At most the last two suffixes of a name, and only well-known ones: no other user text reaches a path."""
    return "".join(suffix for suffix in [part.lower() for part in Path(name).suffixes[-2:]] if suffix in SUFFIXES)


def _age(folder: Path) -> float:
    try:
        newest = max(folder.stat().st_mtime, *(file.stat().st_mtime for file in folder.rglob("*")))
    except (OSError, TypeError):
        return 0.0
    return time.time() - newest
