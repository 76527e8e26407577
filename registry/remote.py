"""An artifact store that is not a local folder: any fsspec URL, such as s3:// or gs://.

There is no rename in an object store, so the manifest goes up last and comes down first: without it nothing exists.
The URL is a server's setting; what people type never reaches it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from registry.errors import CorruptArtifact, Refused
from registry.manifest import MANIFEST
from registry.records import Artifact


def is_local(url: str) -> bool:
    """Whether the store is a folder on this machine."""
    return "://" not in url or url.startswith("file://")


def local_path(url: str) -> Path:
    """The folder that a plain path or a file:// URL names."""
    return Path(url.removeprefix("file://")).expanduser().resolve()


class Remote:
    """Copies whole artifacts up and down; `places` are relative, such as `model/ab/abcd...`."""

    def __init__(self, url: str) -> None:
        import fsspec

        try:
            self._files: Any
            self._files, self._root = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise Refused(
                f"AMONTILLADO_ARTIFACT_URL starts with {url.partition('://')[0]}://, which does not work here: {error}."
            ) from error

    def upload(self, folder: Path, place: str, artifact: Artifact) -> None:
        """Send every file, the manifest last."""
        for name in [*(file[0] for file in artifact.files), MANIFEST]:
            self._files.makedirs(self._path(place, name).rpartition("/")[0], exist_ok=True)
            self._files.put_file(str(folder / name), self._path(place, name))

    def download(self, place: str, artifact: Artifact, folder: Path) -> None:
        """Fetch every file of the artifact into `folder`; CorruptArtifact when one is missing."""
        for name in [MANIFEST, *(file[0] for file in artifact.files)]:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            try:
                self._files.get_file(self._path(place, name), str(folder / name))
            except FileNotFoundError as error:
                raise CorruptArtifact(f"{name} of {artifact.key} is missing from the artifact store.") from error

    def manifest(self, place: str) -> bytes | None:
        """The manifest's bytes, or None when there is no such artifact."""
        try:
            return bytes(self._files.cat_file(self._path(place, MANIFEST)))
        except FileNotFoundError:
            return None

    def delete(self, place: str) -> None:
        """Take the manifest away first, then the rest; nothing happens when there is nothing."""
        if self._files.exists(self._path(place, MANIFEST)):
            self._files.rm_file(self._path(place, MANIFEST))
        if self._files.exists(self._path(place)):
            self._files.rm(self._path(place), recursive=True)
            self._files.invalidate_cache()

    def places(self) -> Iterator[str]:
        """All artifacts, as relative places."""
        self._files.invalidate_cache()
        root = self._path("")
        for found in self._files.glob(f"{self._path('*', '*', '*')}/{MANIFEST}"):
            yield found[len(root) :].strip("/").rpartition("/")[0]

    def _path(self, *parts: str) -> str:
        return "/".join([str(self._root).rstrip("/"), *(part for part in parts if part)])
