"""Tables of word vectors as files, made by hand byte by byte, in every format that is read."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from core.bias.vectors.importing import import_table
from core.bias.vectors.static import StaticVectors, open_static

Rows = Mapping[str, Sequence[float]]


def line(word: str, values: Sequence[float]) -> bytes:
    return f"{word} {' '.join(map(repr, values))}\n".encode()


def word2vec_text(rows: Rows) -> bytes:
    width = len(next(iter(rows.values())))
    return f"{len(rows)} {width}\n".encode() + b"".join(line(word, values) for word, values in rows.items())


def glove_text(rows: Rows) -> bytes:
    return b"".join(line(word, values) for word, values in rows.items())


def word2vec_binary(rows: Rows, ends: bytes = b"\n") -> bytes:
    width = len(next(iter(rows.values())))
    packed = [word.encode() + b" " + struct.pack(f"<{width}f", *values) + ends for word, values in rows.items()]
    return f"{len(rows)} {width}\n".encode() + b"".join(packed)


def archive(path: Path, rows: Rows) -> Path:
    np.savez(path, words=np.array(list(rows)), vectors=np.array(list(rows.values()), dtype=np.float64))
    return path


def brought(source: Path, tmp_path: Path) -> tuple[StaticVectors, dict[str, object]]:
    """Import into a new folder beside the file; the table as measures see it, and the facts."""
    folder = tmp_path / f"{source.name}-imported"
    folder.mkdir()
    facts = import_table(source, folder)
    return open_static(folder), facts
