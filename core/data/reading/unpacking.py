"""A plain file out of a .gz or .zip, by content and not by name, with a limit on what it may become.

Members of a zip are never extracted by their stored names: the one table is streamed into a file named by us, so a name
such as ../../etc/passwd can do nothing. The declared sizes are not trusted; what really comes out is counted.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from core.data.reading import wording
from core.data.reading.options import ReadLimits
from core.errors import UserProblem

CHUNK = 1 << 20
TABLES = {".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xls", ".ods", ".parquet", ".jsonl", ".ndjson", ".json", ".gz"}
OFFICE = ("[Content_Types].xml", "mimetype", "content.xml")  # what marks a zip as a spreadsheet


class Readable(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most `size`."""
        ...


@dataclass(frozen=True)
class Plain:
    """A file that is no archive: where it lies, its name as the user knows it, and what was said on the way."""

    path: Path
    name: str
    notes: tuple[str, ...] = ()


def unpack(source: Path, name: str, folder: Path, limits: ReadLimits, member: str | None = None) -> Plain:
    """The table inside `source`: itself, or what its .gz or .zip holds, written into `folder`. At most two layers."""
    plain = Plain(source, name)
    for depth in range(3):
        layer = _layer(plain, folder / f"unpacked-{depth}", limits, member)
        if layer is None:
            return plain
        plain = Plain(layer.path, layer.name, plain.notes + layer.notes)
    raise UserProblem(f"{wording.quoted(name)} holds archives inside archives.", "", "Unpack it and upload the table.")


def check_spreadsheet(archive: zipfile.ZipFile, limits: ReadLimits, name: str) -> int:
    """Count what all members of a spreadsheet's zip unpack to, raise over the limit; how many cells are errors."""
    total = errors = 0
    for member in archive.infolist():
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                errors += chunk.count(b' t="e"') if "worksheets/" in member.filename else 0
                if total > limits.size:
                    raise too_large(name, limits)
    return errors


def too_large(name: str, limits: ReadLimits) -> UserProblem:
    """The sentence for a file that is larger, unpacked, than is read."""
    return UserProblem(
        f"{wording.quoted(name)} is larger than {wording.size(limits.size)} when unpacked.",
        f"At most {wording.size(limits.size)} are read.",
        "Split it into smaller files.",
    )


def _layer(plain: Plain, target: Path, limits: ReadLimits, member: str | None) -> Plain | None:
    with plain.path.open("rb") as stream:
        magic = stream.read(4)
    try:
        if magic[:2] == b"\x1f\x8b":
            return _gunzip(plain, target, limits)
        if magic in (b"PK\x03\x04", b"PK\x05\x06"):
            return _unzip(plain, target, limits, member)
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise UserProblem(
            f"The archive {wording.quoted(plain.name)} is damaged or cut short ({str(error)[:100].rstrip('.')}).",
            "",
            "Pack it again, or upload the file inside it.",
        ) from error
    return None


def _gunzip(plain: Plain, target: Path, limits: ReadLimits) -> Plain:
    with gzip.open(plain.path, "rb") as stream:
        _copy(stream, target, limits, plain.name)
    inner = plain.name[:-3] if plain.name.lower().endswith(".gz") else plain.name
    return Plain(target, inner, ("Unpacked from gzip.",))


def _unzip(plain: Plain, target: Path, limits: ReadLimits, member: str | None) -> Plain | None:
    with zipfile.ZipFile(plain.path) as archive:
        names = archive.namelist()
        if any(name in OFFICE for name in names):
            return None
        chosen = _choose(archive, plain.name, member)
        if chosen.flag_bits & 0x1:
            raise UserProblem(
                f"The zip {wording.quoted(plain.name)} is locked with a password.", "", "Upload it without a password."
            )
        with archive.open(chosen) as stream:
            _copy(stream, target, limits, plain.name)
    return Plain(
        target, PurePosixPath(chosen.filename).name, (f"Unpacked {wording.quoted(chosen.filename)} from a zip.",)
    )


def _choose(archive: zipfile.ZipFile, name: str, member: str | None) -> zipfile.ZipInfo:
    files = [info for info in archive.infolist() if not info.is_dir() and not _is_clutter(info.filename)]
    if member is not None:
        files = [info for info in files if info.filename == member]
    tables = [info for info in files if PurePosixPath(info.filename).suffix.lower() in TABLES] or files
    if len(tables) == 1:
        return tables[0]
    if not tables:
        raise UserProblem(f"The zip {wording.quoted(name)} holds no file to read.", "One table was wanted.")
    raise UserProblem(
        f"The zip {wording.quoted(name)} holds {len(tables)} files: {_names(tables)}.",
        "Exactly one table was wanted.",
        "Upload one of them.",
    )


def _names(infos: list[zipfile.ZipInfo]) -> str:
    return wording.listed([wording.quoted(info.filename) for info in infos])


def _is_clutter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not parts or parts[0] == "__MACOSX" or parts[-1].startswith("._") or parts[-1] in {".DS_Store", "Thumbs.db"}


def _copy(stream: Readable, target: Path, limits: ReadLimits, name: str) -> None:
    total = 0
    with target.open("wb") as out:
        while chunk := stream.read(CHUNK):
            total += len(chunk)
            if total > limits.size:
                raise too_large(name, limits)
            out.write(chunk)
