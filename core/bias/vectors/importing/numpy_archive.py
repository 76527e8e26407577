"""A NumPy archive (.npz): the arrays `words` (n,) and `vectors` (n, d), or one array (d,) a word, named after it.

Arrays of objects are pickles and are refused; NumPy is told never to open one.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from core.bias.vectors.importing.limits import Limits
from core.bias.vectors.importing.tally import Tally
from core.bias.vectors.importing.text_rows import Row
from core.errors import UserProblem

WORDS, VECTORS = "words", "vectors"


def rows(source: Path, scratch: Path, tally: Tally, limits: Limits) -> Iterator[Row]:
    """Rows in order of the arrays."""
    with zipfile.ZipFile(source) as archive:
        size = sum(item.file_size for item in archive.infolist())
    if size > limits.archive:
        raise UserProblem(
            f"The file unpacks to {size >> 20:,} MB.", f"At most {limits.archive >> 20:,} MB of an .npz are read.",
            "Save it as word2vec text or binary.",
        )  # fmt: skip
    with np.load(source, allow_pickle=False) as arrays:
        try:
            yield from _together(arrays) if {WORDS, VECTORS} <= set(arrays.files) else _apart(arrays, tally)
        except (ValueError, OSError, zipfile.BadZipFile) as problem:
            raise UserProblem(
                f"The file cannot be read: {str(problem).splitlines()[0]}.",
                "Arrays of text and of numbers are wanted; arrays of objects are pickles.",
                "Save the words with numpy.array(words, dtype=str).",
            ) from None  # fmt: skip


def _together(arrays: np.lib.npyio.NpzFile) -> Iterator[Row]:
    words, vectors = arrays[WORDS], arrays[VECTORS]
    if vectors.ndim != 2 or words.shape != vectors.shape[:1] or words.dtype.kind not in "US":
        raise UserProblem(
            f"words has the shape {words.shape} and vectors {vectors.shape}.", "(n,) of text and (n, d) are wanted."
        )
    for number, (word, vector) in enumerate(zip(words, _numbers(vectors), strict=True), start=1):
        yield f"row {number:,}", _bytes(word), vector


def _apart(arrays: np.lib.npyio.NpzFile, tally: Tally) -> Iterator[Row]:
    width = 0
    for word in arrays.files:
        vector = arrays[word]
        width = width or vector.size
        if vector.ndim == 1 and vector.size == width and vector.dtype.kind in "fiu":
            yield f"array {word!r}", _bytes(word), _numbers(vector)
        else:
            tally.leave_out("unreadable", f"array {word!r}", f"shape {vector.shape} where ({width},) was wanted")


def _numbers(values: np.ndarray) -> np.ndarray:
    if values.dtype.kind not in "fiu":
        raise UserProblem(f"The vectors are of the type {values.dtype}.", "Real numbers are wanted.")
    with np.errstate(over="ignore"):
        return values.astype(np.float32)


def _bytes(word: str | bytes) -> bytes:
    return word if isinstance(word, bytes) else str(word).encode("utf-8", "surrogatepass")
