"""The bytes of a table's file: as they lie, or out of .gz, or out of a zip of one file; never more than the limit."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from core.bias.vectors.importing.limits import Limits
from core.errors import UserProblem

TABLES = {".txt", ".vec", ".bin", ".glove", ".w2v"}
HEAD = 1 << 20


@contextmanager
def opened(source: Path, limits: Limits) -> Iterator[BinaryIO]:
    """A stream of the unpacked bytes; UserProblem where the packing is damaged or the limit is passed."""
    with ExitStack() as stack:
        raw: IO[bytes] = stack.enter_context(source.open("rb"))
        start = raw.read(4)
        raw.seek(0)
        if start[:2] == b"\x1f\x8b":
            raw = stack.enter_context(cast("IO[bytes]", gzip.GzipFile(fileobj=raw)))
        elif start == b"PK\x03\x04":
            archive = stack.enter_context(zipfile.ZipFile(raw))
            raw = stack.enter_context(archive.open(only_table(archive)))
        yield cast("BinaryIO", io.BufferedReader(_Limited(raw, limits.total), 1 << 20))


def head(source: Path, limits: Limits) -> bytes:
    """The first bytes, unpacked, at most 1 MiB."""
    with opened(source, limits) as stream:
        return stream.read(HEAD)


def only_table(archive: zipfile.ZipFile) -> str:
    """The one member that may be a table; UserProblem where there are several."""
    found = [item for item in archive.namelist() if PurePosixPath(item).suffix.lower() in TABLES]
    if len(found) != 1:
        raise UserProblem(
            f"The file holds {len(found)} tables: {', '.join(found[:8])}.", "One is taken at a time.",
            "Unpack it and import one of the files.",
        )  # fmt: skip
    return found[0]


class _Limited(io.RawIOBase):
    """Hands on at most `limit` bytes of a stream, and tells damage in a sentence."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream, self._left, self._limit = stream, limit, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except (EOFError, OSError, zlib.error, zipfile.BadZipFile) as problem:
            raise UserProblem(
                f"The file is damaged ({problem}).", "A whole file is wanted.", "Fetch or make it again."
            ) from None
        self._left -= len(data)
        if self._left < 0:
            raise UserProblem(f"The file unpacks to more than {self._limit >> 20:,} MB.", "That is the limit.")
        buffer[: len(data)] = data
        return len(data)
