"""Where files lie: one folder an artifact, whole or absent, checked before use.

Publishing syncs and hashes every file, writes `manifest.json` last, and renames the folder into place: a folder with a
manifest is whole, any other does not exist. Reading checks size and SHA-256 of every file once per process (again when
a file's size or time changed), because a flipped byte in a weights file loads without complaint.

No path is ever made from what people type: a key is a kind and 32 hexadecimal digits, and `place` is the only function
that turns one into a place. A store that is not a local folder (any fsspec URL) has the same layout and is read through
a local cache.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registry.errors import CorruptArtifact, Refused, RegistryProblem
from registry.manifest import MANIFEST, Signature, read, seal, signature, sync_folder, verify
from registry.records import Artifact
from registry.remote import Remote, is_local, local_path

DAY = 24 * 3600.0
_KEY = re.compile(r"([a-z][a-z_]{0,30})/([0-9a-f]{32})")


def place(key: str) -> str:
    """`kind/ab/abcd...` of the key `kind/abcd...`; RegistryProblem for anything that is not exactly a key."""
    match = _KEY.fullmatch(key)
    if match is None:
        raise RegistryProblem("This is not the key of an artifact: a kind and 32 hexadecimal digits were wanted.")
    kind, id = match.groups()
    return f"{kind}/{id[:2]}/{id}"


class ArtifactStore:
    """Artifacts under one folder or fsspec URL; `cache` is used only when the store is not a local folder."""

    def __init__(self, url: str, cache: Path | None = None) -> None:
        self.url = url
        self._remote = None if is_local(url) else Remote(url)
        if self._remote and cache is None:
            raise RegistryProblem("A store that is not a local folder needs a local folder for its cache.")
        self.root = cache if self._remote and cache else local_path(url)
        self._staging = self.root / ".staging"
        self._staging.mkdir(0o750, parents=True, exist_ok=True)
        self._verified: dict[str, tuple[str, Signature]] = {}

    @property
    def is_local(self) -> bool:
        """Whether the store is a folder on this machine."""
        return self._remote is None

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """An empty folder on the store's own disk to build an artifact in; gone afterwards unless published."""
        folder = self._staging / uuid.uuid4().hex
        folder.mkdir(0o750)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def publish(self, folder: Path, kind: str, id: str) -> Artifact:
        """Make the files of `folder` an artifact; the folder is moved (copied when it lies outside the staging area).

        Publishing the same files again gives the same artifact; other files under a used id are Refused, and so are
        links, special files and an empty folder. Files become readable for the group.
        """
        where = place(key := f"{kind}/{id}")
        if folder.resolve().parent != self._staging.resolve():
            with self.staging() as copy:
                shutil.copytree(folder, copy, symlinks=True, dirs_exist_ok=True)
                return self.publish(copy, kind, id)
        artifact = seal(folder, key)
        if self._remote:
            self._send(self._remote, folder, where, artifact)
        _move(folder, self.root / where)
        if read(self.root / where) != artifact:
            raise Refused(f"Other files are already stored as {key}; what is published never changes.")
        return artifact

    def local(self, artifact: Artifact, *, verify: bool = True) -> Path:
        """The artifact's folder on this machine, fetched if need be and checked once per process.

        Errors: CorruptArtifact naming the file that is missing, extra, shorter, longer or changed.
        """
        folder = self.root / place(artifact.key)
        if self._remote:
            self._fetch(self._remote, folder, artifact)
        if verify:
            self._check_once(folder, artifact)
        return folder

    def delete(self, artifact: Artifact | str) -> None:
        """Remove the files of an artifact (or of a key) for good; nothing happens when there are none."""
        where = place(artifact if isinstance(artifact, str) else artifact.key)
        if self._remote:
            self._remote.delete(where)
        if (self.root / where).exists():
            self._discard(self.root / where)

    def stored(self) -> tuple[str, ...]:
        """The keys of all whole artifacts in the store."""
        local = (path.parent.relative_to(self.root).as_posix() for path in self.root.glob(f"*/??/*/{MANIFEST}"))
        places = self._remote.places() if self._remote else local
        parts = (found.split("/") for found in places)
        return tuple(sorted(key for kind, _, id in parts if _KEY.fullmatch(key := f"{kind}/{id}")))

    def age(self, key: str) -> float:
        """Seconds since the artifact's files last changed on this machine; 0.0 when they are not here."""
        return _age(self.root / place(key))

    def sweep(self, older_than: float = DAY) -> int:
        """Remove what crashed work left in the staging area and did not touch for so many seconds; says how many."""
        left = [folder for folder in self._staging.iterdir() if _age(folder) > older_than]
        for folder in left:
            shutil.rmtree(folder, ignore_errors=True)
        return len(left)

    def _check_once(self, folder: Path, artifact: Artifact) -> None:
        try:
            seen = (artifact.digest, signature(folder))
        except (FileNotFoundError, Refused):
            seen = ("", ())
        if self._verified.get(artifact.key) != seen:
            _checked(folder, artifact)
            self._verified[artifact.key] = seen

    def _fetch(self, remote: Remote, folder: Path, artifact: Artifact) -> None:
        """Into the cache, unless a sound copy is there; a copy that went bad is fetched again."""
        if folder.exists() and not self._sound(folder, artifact):
            self._discard(folder)
        if folder.exists():
            return
        with self.staging() as copy:
            remote.download(place(artifact.key), artifact, copy)
            _checked(copy, artifact)
            _move(copy, folder)

    def _sound(self, folder: Path, artifact: Artifact) -> bool:
        try:
            self._check_once(folder, artifact)
        except CorruptArtifact:
            return False
        return True

    def _discard(self, folder: Path) -> None:
        """Gone from its place at once, then from the disk."""
        doomed = self._staging / uuid.uuid4().hex
        folder.rename(doomed)
        shutil.rmtree(doomed)

    def _send(self, remote: Remote, folder: Path, where: str, artifact: Artifact) -> None:
        there = remote.manifest(where)
        if there is None:
            remote.upload(folder, where, artifact)
        elif hashlib.sha256(there).hexdigest() != artifact.digest:
            raise Refused(f"Other files are already stored as {artifact.key}; what is published never changes.")


def _checked(folder: Path, artifact: Artifact) -> None:
    try:
        verify(folder, artifact)
    except Refused as error:  # a link was put among the files
        raise CorruptArtifact(str(error)) from error


def _move(folder: Path, target: Path) -> None:
    """Rename into place and make it last; whoever comes second leaves the first one's files."""
    target.parent.mkdir(0o750, parents=True, exist_ok=True)
    try:
        folder.rename(target)
    except OSError:
        if not target.is_dir():
            raise
    sync_folder(target.parent)
    sync_folder(target.parent.parent)


def _age(folder: Path) -> float:
    times = [path.lstat().st_mtime for path in [folder, *folder.rglob("*")] if path.exists()]
    return time.time() - max(times, default=time.time())
