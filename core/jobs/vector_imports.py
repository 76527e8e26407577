"""Tables of word vectors as model versions: what the import of models does with a file that is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.errors import UserProblem
from registry.records import ModelKind, ModelVersion

KIND: ModelKind = "static_vectors"
SUFFIXES = (".txt", ".vec", ".bin", ".npz", ".npy", ".kv", ".glove", ".w2v")


def brought(place: Path, folder: Path, called: str | None = None) -> dict[str, Any] | None:
    """Write the table in `place` into `folder` and tell its facts; None where it is a model, or nothing known."""
    from core.bias.vectors import importing

    if importing.format_of(place) is None:
        return None
    return {"kind": KIND, **importing.import_table(place, folder, called=called)}


def no_table(version: ModelVersion, wanted: str, action: str = "Choose a BERT.") -> None:
    """UserProblem where the version is a table of word vectors; `wanted` says what needs more than that."""
    if version.kind == KIND:
        raise UserProblem(f"{version.spec} is a table of word vectors.", wanted, action)
