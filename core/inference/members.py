"""Files of a foreign model, brought in one by one under fixed names: no path, link or size that the sender chose.

Refused with a sentence: what core/inference/member_rules.py does not allow, links, encrypted or doubled members, and
members that are longer than they say.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from core.encoding.base_models import TOKENIZER_FILES
from core.errors import UserProblem
from core.inference.member_rules import DEFAULT, GENERATED, Limits, Member, check, check_name

TAKEN = {
    "config.json", "model.safetensors", "model.safetensors.index.json", "head.safetensors", "encoding.json",
    "vectorizers.json", "classifier.json", "calibration.json", "golden.jsonl", "training.json", "metrics.json",
    "bias_passport.json", "README.md", "LICENSE", "LICENSE.txt", *TOKENIZER_FILES,
}  # fmt: skip
_SHARD = re.compile(r"model-[0-9]{5}-of-[0-9]{5}\.safetensors")


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
            check_name(info.filename.rstrip("/"))
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
