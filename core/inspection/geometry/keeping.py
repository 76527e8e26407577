"""Results on disk, so that nothing is measured twice: one JSON file by model, corpus and settings."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from pathlib import Path

from core.inspection.geometry.result import Geometry, Settings
from core.inspection.subject import Subject

VERSION = 1  # of the definitions; another number measures anew


def key(subject: Subject, corpus: str, settings: Settings) -> str:
    """What the result depends on: the model's digest, the corpus' id, and every setting."""
    parts = [VERSION, subject.digest, subject.max_length, corpus, asdict(settings)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def kept(folder: Path, name: str) -> Geometry | None:
    """What was measured before, or None; a file that cannot be read counts as none."""
    try:
        return Geometry.from_json(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(folder: Path, name: str, found: Geometry) -> None:
    """Write the result whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{name}.{os.getpid()}.partial"
    partial.write_text(json.dumps(found.to_json(), ensure_ascii=False), encoding="utf-8", errors="backslashreplace")
    partial.replace(folder / f"{name}.json")


def corpus_of(texts: tuple[str, ...]) -> str:
    """An id of texts that have none: their SHA-256."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
