"""Checkpoints that are whole or not there: tensors in safetensors, state in JSON, a manifest with SHA-256 last.

A checkpoint is written beside the others under a hidden name, made durable, and renamed when its manifest is in place;
a crash at any moment leaves the older one. A folder keeps the newest of each kind ("last", "best") and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

LOG = logging.getLogger(__name__)
TENSORS, STATE, MANIFEST = "tensors.safetensors", "state.json", "manifest.json"


@dataclass(frozen=True)
class Checkpoint:
    """What was saved at `step`: tensors by name and the JSON state."""

    step: int
    tensors: dict[str, torch.Tensor]
    state: dict[str, Any]


def save(folder: Path, kind: str, step: int, tensors: Mapping[str, torch.Tensor], state: Mapping[str, Any]) -> None:
    """Write a checkpoint of `kind` at `step` and drop older ones of that kind; an OSError leaves the older ones."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    hidden, final = folder / f".{kind}-{step}.{os.getpid()}", folder / f"{kind}-{step}"
    _remove(hidden)
    hidden.mkdir()
    try:
        save_file({name: tensor.detach().contiguous() for name, tensor in tensors.items()}, hidden / TENSORS)
        (hidden / STATE).write_text(json.dumps(dict(state)), encoding="utf-8")
        _seal(hidden)
    except BaseException:
        _remove(hidden)
        raise
    _remove(final)
    hidden.rename(final)
    _sync(folder)
    for older in _of_kind(folder, kind):
        if older != final:
            _remove(older)


def load(folder: Path, kind: str) -> Checkpoint | None:
    """Read the newest whole checkpoint of `kind`, or None; a damaged one is said in the log and passed over."""
    for path in _of_kind(folder, kind):
        if not _whole(path):
            LOG.warning("the checkpoint %s is damaged and is passed over", path.name)
            continue
        from safetensors.torch import load_file

        state = json.loads((path / STATE).read_text(encoding="utf-8"))
        return Checkpoint(_step(path), load_file(path / TENSORS), state)
    return None


def clear(folder: Path) -> None:
    """Remove every checkpoint in the folder; other files stay."""
    for kind in ("last", "best"):
        for path in (*_of_kind(folder, kind), *folder.glob(f".{kind}-*")):
            _remove(path)


def _seal(path: Path) -> None:
    for name in (TENSORS, STATE):
        _sync(path / name)
    sizes = {name: {"size": (path / name).stat().st_size, "sha256": _sha256(path / name)} for name in (TENSORS, STATE)}
    (path / MANIFEST).write_text(json.dumps(sizes), encoding="utf-8")
    _sync(path / MANIFEST)
    _sync(path)


def _whole(path: Path) -> bool:
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        return set(manifest) == {TENSORS, STATE} and all(
            (path / name).stat().st_size == entry["size"] and _sha256(path / name) == entry["sha256"]
            for name, entry in manifest.items()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _of_kind(folder: Path, kind: str) -> list[Path]:
    found = [path for path in folder.glob(f"{kind}-*") if path.is_dir() and path.name.split("-")[-1].isdigit()]
    return sorted(found, key=_step, reverse=True)


def _step(path: Path) -> int:
    return int(path.name.split("-")[-1])


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
