"""A table as it was exported from here: a folder, or a zip of one, with words.json and vectors.safetensors."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import numpy as np

from core.bias.vectors.importing.limits import Limits
from core.bias.vectors.importing.tally import Tally
from core.bias.vectors.importing.text_rows import Row
from core.bias.vectors.static import TENSOR, VECTORS, WORDS
from core.errors import UserProblem

BLOCK = 4096


def rows(source: Path, scratch: Path, tally: Tally, limits: Limits) -> Iterator[Row]:
    """Rows in order; both files are looked up by their fixed names, whatever else lies beside them."""
    if source.is_dir():
        yield from _rows(source / WORDS, source / VECTORS, limits)
        return
    paths = (scratch / f"unpacked-{WORDS}", scratch / f"unpacked-{VECTORS}")
    try:
        with zipfile.ZipFile(source) as archive:
            for name, path in zip((WORDS, VECTORS), paths, strict=True):
                _unpack(archive, name, path, limits)
        yield from _rows(*paths, limits)
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def _unpack(archive: zipfile.ZipFile, name: str, path: Path, limits: Limits) -> None:
    found = [item for item in archive.infolist() if PurePosixPath(item.filename).name == name]
    if len(found) != 1 or found[0].file_size > limits.total:
        raise UserProblem(f"The archive has {len(found)} files {name}.", f"One of at most {limits.total >> 20:,} MB.")
    with archive.open(found[0]) as stream, path.open("xb") as out:
        shutil.copyfileobj(stream, out, 1 << 20)


def _rows(words_file: Path, vectors_file: Path, limits: Limits) -> Iterator[Row]:
    from safetensors import SafetensorError, safe_open

    try:
        words = json.loads(words_file.read_text(encoding="utf-8"))
        with safe_open(vectors_file, "np") as tensors:
            part = tensors.get_slice(TENSOR)
            if not isinstance(words, list) or [len(words)] != part.get_shape()[:-1]:
                raise UserProblem(f"{WORDS} and {VECTORS} do not fit each other.", "One row a word is wanted.")
            for start in range(0, len(words), BLOCK):
                block = np.asarray(part[start : min(start + BLOCK, len(words))], dtype=np.float32)
                for number, vector in enumerate(block, start=start):
                    yield f"row {number + 1:,}", str(words[number]).encode("utf-8", "surrogatepass"), vector
    except (SafetensorError, ValueError, OSError) as problem:
        raise UserProblem(f"The exported table is damaged ({problem}).", "Export it again.") from None
