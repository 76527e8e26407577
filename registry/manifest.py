"""The list of an artifact's files with their sizes and SHA-256 sums, written last and checked before use."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from registry.errors import CorruptArtifact, Refused
from registry.records import Artifact

MANIFEST = "manifest.json"
Signature = tuple[tuple[str, int, int, int], ...]


def as_json(artifact: Artifact) -> dict[str, Any]:
    """An artifact as it is kept in a record."""
    files = [list(file) for file in artifact.files]
    return {"key": artifact.key, "digest": artifact.digest, "size": artifact.size, "files": files}


def from_json(value: Mapping[str, Any]) -> Artifact:
    """An artifact from a record; a file name that could leave the folder is refused."""
    files = tuple((safe(name), int(size), str(digest)) for name, size, digest in value["files"])
    return Artifact(str(value["key"]), str(value["digest"]), int(value["size"]), files)


@lru_cache(maxsize=4096)
def safe(name: str) -> str:
    """A relative path that stays inside its folder on every system, or CorruptArtifact."""
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts) or any(character in name for character in "\\:\0"):
        raise CorruptArtifact(f"The artifact lists a file {name!r}, which would not lie inside its folder.")
    return name


def seal(folder: Path, key: str) -> Artifact:
    """Sync and hash every file of `folder`, make them readable for the group, and write the manifest last."""
    names = inventory(folder)
    if not names:
        raise Refused("There are no files to publish.")
    for name in names:
        _settle(folder / name)
    text = json.dumps(
        {"schema": 1, "key": key, "files": [(n, (folder / n).stat().st_size, _sha256(folder / n)) for n in names]}
    )
    _write(folder / MANIFEST, text.encode())
    for inner in [folder, *(path for path in folder.rglob("*") if path.is_dir())]:
        inner.chmod(inner.stat().st_mode | 0o550)
        sync_folder(inner)
    return read(folder)


def read(folder: Path) -> Artifact:
    """The artifact that the manifest of `folder` describes; CorruptArtifact when there is none that can be read."""
    try:
        raw = (folder / MANIFEST).read_bytes()
        listed = json.loads(raw)
        files = [(name, size, digest) for name, size, digest in listed["files"]]
        facts = {"key": listed["key"], "size": sum(file[1] for file in files), "files": files}
        return from_json({**facts, "digest": hashlib.sha256(raw).hexdigest()})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorruptArtifact(f"The list of files of an artifact ({MANIFEST}) is missing or damaged.") from error


def verify(folder: Path, artifact: Artifact) -> None:
    """Check that `folder` holds the artifact's files, byte for byte; CorruptArtifact names the first bad file."""
    if not folder.is_dir():
        raise CorruptArtifact(f"The files of {artifact.key} are missing from the artifact store.")
    if read(folder) != artifact:
        raise CorruptArtifact(f"{MANIFEST} of {artifact.key} is not the one that was recorded.")
    extra = set(inventory(folder)) - {name for name, _, _ in artifact.files}
    if extra:
        raise CorruptArtifact(f"{artifact.key} holds a file that was never recorded: {min(extra)}.")
    for name, size, digest in artifact.files:
        _check(folder / name, f"{name} of {artifact.key}", size, digest)


def signature(folder: Path) -> Signature:
    """What changes when somebody touches a file: name, size, time and inode of each."""
    stats = ((name, (folder / name).stat()) for name in [*inventory(folder), MANIFEST])
    return tuple((name, stat.st_size, stat.st_mtime_ns, stat.st_ino) for name, stat in stats)


def inventory(folder: Path) -> list[str]:
    """Relative paths of all files but the manifest, sorted; Refused for links and special files."""
    found = []
    for path in folder.rglob("*"):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise Refused(f"{path.name} is a link or a special file; an artifact holds plain files only.")
        if path.is_file():
            found.append(safe(path.relative_to(folder).as_posix()))
    return sorted(name for name in found if name != MANIFEST)


def sync_folder(folder: Path) -> None:
    """Make the entries of a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _settle(path: Path) -> None:
    path.chmod(path.stat().st_mode | 0o440)
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _write(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.chmod(0o640)
    temporary.replace(path)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check(path: Path, shown: str, size: int, digest: str) -> None:
    if not path.is_file():
        raise CorruptArtifact(f"{shown} is missing.")
    if (found := path.stat().st_size) != size:
        raise CorruptArtifact(f"{shown} has {found} bytes; {size} were stored.")
    if _sha256(path) != digest:
        raise CorruptArtifact(f"{shown} has changed since it was stored.")
