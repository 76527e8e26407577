"""The home folder: where the database and the files lie, and the three settings that say so.

AMONTILLADO_HOME        the folder; default: the platform's place for a user's data
AMONTILLADO_DATABASE_URL  default: registry.db in the home folder
AMONTILLADO_ARTIFACT_URL  a folder or any fsspec URL; default: artifacts/ in the home folder
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

FOLDER_MODE = 0o750


@dataclass(frozen=True)
class Home:
    """One installation's data: `root` on the local disk, the database, and the artifact store."""

    root: Path
    database_url: str
    artifact_url: str

    @classmethod
    def at(cls, root: Path, database_url: str = "", artifact_url: str = "") -> Home:
        """A home at `root`; an empty URL means the embedded default inside it."""
        root = root.expanduser().resolve()
        embedded = URL.create("sqlite", database=str(root / "registry.db")).render_as_string()
        return cls(root, database_url or embedded, artifact_url or str(root / "artifacts"))

    @classmethod
    def from_environment(cls) -> Home:
        """The home that the environment names, or the default one."""
        root = os.environ.get("AMONTILLADO_HOME") or default_root()
        urls = (os.environ.get(f"AMONTILLADO_{name}_URL", "") for name in ("DATABASE", "ARTIFACT"))
        return cls.at(Path(root), *urls)

    def prepare(self) -> Home:
        """Make the folders; safe to call again and from several processes at once."""
        for folder in (self.root, self.uploads, self.checkpoints, self.cache, self.logs, self.scratch):
            folder.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
        return self

    @property
    def uploads(self) -> Path:
        """Files that people sent and that are not yet datasets."""
        return self.root / "uploads"

    @property
    def checkpoints(self) -> Path:
        """One folder a run, named by its id; goes when the run is over."""
        return self.root / "checkpoints"

    @property
    def cache(self) -> Path:
        """Whatever can be computed or fetched again."""
        return self.root / "cache"

    @property
    def logs(self) -> Path:
        """What processes wrote to their standard streams."""
        return self.root / "logs"

    @property
    def scratch(self) -> Path:
        """Short-lived files of running work."""
        return self.root / "scratch"


def default_root() -> Path:
    """The platform's place for a user's data: XDG on Linux, Application Support on macOS, LOCALAPPDATA on Windows."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Amontillado"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Amontillado"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "amontillado"
