"""Files of a foreign model, brought in one by one under fixed names: no path, link or size that the sender chose.

Refused with a sentence: pickles and other code, links, absolute and climbing paths, encrypted or doubled members, more
bytes than the limits, and members that grow more than a model does when unpacked.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from core.encoding.base_models import TOKENIZER_FILES
from core.errors import UserProblem

TAKEN = {
    "config.json", "model.safetensors", "model.safetensors.index.json", "head.safetensors", "encoding.json",
    "vectorizers.json", "classifier.json", "calibration.json", "golden.jsonl", "training.json", "metrics.json",
    "README.md", "LICENSE", "LICENSE.txt", *TOKENIZER_FILES,
}  # fmt: skip
_SHARD = re.compile(r"model-[0-9]{5}-of-[0-9]{5}\.safetensors")
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


def bring(source: Path, destination: Path, limits: Limits = DEFAULT) -> list[str]:
    """Copy what a model is made of into `destination`; the names of what was left out, or a UserProblem."""
    with _opened(source) as archive:
        found = list(_zip_members(archive)) if archive else list(_folder_members(source))
        check(found, limits)
        taken, left_out = _sorted_out(found)
        for name, member in taken.items():
            with _stream(archive, member) as stream:
                _copy(stream, destination / name, member.size)
    return left_out


def check(found: list[Member], limits: Limits = DEFAULT) -> None:
    """UserProblem at the first member that may not be in a model."""
    if len(found) > limits.members:
        raise UserProblem(f"The model has {len(found)} files.", f"At most {limits.members} are taken.")
    if (total := sum(member.size for member in found)) > limits.total:
        raise UserProblem(f"The model has {total >> 20} MB.", f"At most {limits.total >> 20} MB are taken.")
    for member in found:
        _check_name(member.name)
        if member.size > limits.ratio * max(member.packed, 1 << 16):
            raise UserProblem(
                f"{member.name!r} grows more than {limits.ratio} times when it is unpacked.",
                "No model does.", "Make the archive anew from the model's folder.",
            )  # fmt: skip
        if not member.name.endswith(".safetensors") and member.size > limits.text:
            raise UserProblem(f"{member.name!r} has {member.size >> 20} MB.", f"At most {limits.text >> 20} are taken.")


def _check_name(name: str) -> None:
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


def _sorted_out(found: list[Member]) -> tuple[dict[str, Member], list[str]]:
    """Members to take, by their fixed names, from the folder that holds the model; and the names of the rest."""
    top = _top(found)
    taken: dict[str, Member] = {}
    left_out = []
    for member in found:
        path = PurePosixPath(member.name)
        if path.parent == top and (path.name in TAKEN or _SHARD.fullmatch(path.name)):
            if path.name in taken:
                raise UserProblem(f"The archive has {path.name!r} twice.", "Every file once is wanted.")
            taken[path.name] = member
        elif path.name != GENERATED:
            left_out.append(member.name)
    return taken, left_out


def _top(found: list[Member]) -> PurePosixPath:
    """The folder in which config.json or classifier.json lies, nearest to the top."""
    places = [PurePosixPath(member.name) for member in found]
    homes = [path.parent for path in places if path.name in ("config.json", "classifier.json")]
    if not homes:
        raise UserProblem("There is no config.json.", "A model's folder, or a zip of one, is wanted.")
    return min(homes, key=lambda path: (len(path.parts), str(path)))


def _zip_members(archive: zipfile.ZipFile) -> Iterator[Member]:
    for info in archive.infolist():
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise UserProblem(f"The archive's member {info.filename!r} is a link or device.", "Files are wanted.")
        if info.flag_bits & 1:
            raise UserProblem(f"The archive's member {info.filename!r} is encrypted.", "An open archive is wanted.")
        if info.is_dir():
            _check_name(info.filename.rstrip("/"))
        else:
            yield Member(info.filename, info.file_size, info.compress_size, info)


def _folder_members(folder: Path) -> Iterator[Member]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise UserProblem(
                f"{name!r} in the model's folder is a link.", "Files are wanted.", "Copy the folder with cp -rL first."
            )
        if path.is_file():
            yield Member(name, path.stat().st_size, path.stat().st_size, path)
        elif not path.is_dir():
            raise UserProblem(f"{name!r} in the model's folder is no file.", "Files are wanted.")


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile | None]:
    if source.is_dir():
        yield None
        return
    try:
        archive = zipfile.ZipFile(source)
    except FileNotFoundError:
        raise UserProblem(f"There is no file or folder {source.name!r}.", "A zip or a model's folder.") from None
    except (zipfile.BadZipFile, OSError) as problem:
        raise UserProblem(
            f"{source.name!r} is no zip ({problem}).", "A zip or a model's folder is wanted."
        ) from problem
    with archive:
        try:
            yield archive
        except (zipfile.BadZipFile, NotImplementedError, EOFError) as problem:
            raise UserProblem(f"{source.name!r} is damaged ({problem}).", "A whole zip is wanted.") from problem


@contextmanager
def _stream(archive: zipfile.ZipFile | None, member: Member) -> Iterator[IO[bytes]]:
    if isinstance(member.source, Path):
        with member.source.open("rb") as stream:
            yield stream
    elif archive is not None:
        with archive.open(member.source) as stream:
            yield stream


def _copy(stream: IO[bytes], target: Path, size: int) -> None:
    """Copy exactly the declared bytes; a member that has more lied about its size."""
    with target.open("xb") as out:
        left = size
        while data := stream.read(min(1 << 20, left)):
            out.write(data)
            left -= len(data)
    if target.stat().st_size != size or stream.read(1):
        raise UserProblem(f"{target.name!r} is not as long as the archive says.", "A whole archive is wanted.")
