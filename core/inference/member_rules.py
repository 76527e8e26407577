"""What may be in a foreign model: names that stay inside it, no pickle and no other code, sizes within limits."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from core.errors import UserProblem

PICKLES = {".bin", ".pt", ".pth", ".pkl", ".pickle", ".joblib", ".ckpt", ".npy", ".npz", ".h5", ".msgpack", ".pt2"}
CODE = {".py", ".pyc", ".so", ".dll", ".dylib", ".sh", ".exe", ".bat", ".js", ".ipynb", ".pyd"}
GENERATED = "predict.py"  # written by us for people; written anew on import, never read or run


@dataclass(frozen=True)
class Limits:
    """Most members, bytes in all, bytes of one text file, and times that a member may grow when unpacked."""

    members: int = 200
    total: int = 8 << 30
    text: int = 64 << 20
    ratio: int = 100


DEFAULT = Limits()


@dataclass(frozen=True)
class Member:
    """One file as the sender names it, its size as declared, and how it is opened."""

    name: str
    size: int
    packed: int
    source: Path | zipfile.ZipInfo


def check(found: list[Member], limits: Limits = DEFAULT) -> None:
    """UserProblem at the first member that may not be in a model."""
    if len(found) > limits.members:
        raise UserProblem(f"The model has {len(found)} files.", f"At most {limits.members} are taken.")
    if (total := sum(member.size for member in found)) > limits.total:
        raise UserProblem(f"The model has {total >> 20} MB.", f"At most {limits.total >> 20} MB are taken.")
    for member in found:
        check_name(member.name)
        if member.size > limits.ratio * max(member.packed, 1 << 16):
            raise UserProblem(
                f"{member.name!r} grows more than {limits.ratio} times when it is unpacked.",
                "No model does.", "Make the archive anew from the model's folder.",
            )  # fmt: skip
        if not member.name.endswith(".safetensors") and member.size > limits.text:
            raise UserProblem(f"{member.name!r} has {member.size >> 20} MB.", f"At most {limits.text >> 20} are taken.")


def check_name(name: str) -> None:
    """UserProblem where a name points outside the archive, or names a pickle or code."""
    path = PurePosixPath(name)
    escapes = name.startswith("/") or ".." in path.parts or "\\" in name or "\0" in name or ":" in name
    if escapes:
        raise UserProblem(f"The archive has a member {name!r}, which points outside it.", "It is refused.")
    suffix = path.suffix.lower()
    if suffix in PICKLES:
        raise UserProblem(
            f"The model has {path.name!r}, which can run code when it is read.", "Only safetensors weights are taken.",
            "Save the model with a current version of transformers, or leave this file out.",
        )  # fmt: skip
    if suffix in CODE and path.name != GENERATED:
        raise UserProblem(f"The model has {path.name!r}, which is code.", "Models come without code.", "Leave it out.")
