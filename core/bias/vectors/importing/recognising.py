"""Which format a file has, told by its bytes and not by its name; what could run code is refused here."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from core.bias.vectors.importing import opened, text_rows
from core.bias.vectors.importing.limits import DEFAULT, Limits
from core.bias.vectors.static import VECTORS, WORDS
from core.errors import UserProblem

# module in this folder -> what people call the format
TITLES: Mapping[str, str] = {
    "word2vec_text": "word2vec text",
    "word2vec_binary": "word2vec binary",
    "glove_text": "GloVe text",
    "numpy_archive": "NumPy archive",
    "exported": "exported from here",
}
HEADER = re.compile(rb"(\d{1,9})[ \t]+(\d{1,6})[ \t]*\r?\n")
FASTTEXT, NPY, HDF5 = b"\xba\x16\x4f\x2f", b"\x93NUMPY", b"\x89HDF"
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1b]")  # float32 numbers hold such bytes, text does not
_MODEL = {"config.json", "classifier.json"}


def format_of(source: Path, limits: Limits = DEFAULT) -> str | None:
    """The format's module, or None where the file or folder is a model (or nothing that is known).

    UserProblem for a pickle, a lone .npy, and other files of word vectors that cannot be taken.
    """
    if source.is_dir():
        return "exported" if (source / WORDS).is_file() and (source / VECTORS).is_file() else None
    with source.open("rb") as stream:
        start = stream.read(4)
    if start == b"PK\x03\x04":
        found = _of_zip(source)
        return _of_text(source, limits) if found == "text" else found
    return None if start[:2] == b"PK" else _of_text(source, limits)


def _of_zip(source: Path) -> str | None:
    try:
        with zipfile.ZipFile(source) as archive:
            paths = [PurePosixPath(name) for name in archive.namelist() if not name.endswith("/")]
    except zipfile.BadZipFile:
        return None
    names = {path.name for path in paths}
    if names & _MODEL:
        return None
    if {WORDS, VECTORS} <= names:
        return "exported"
    if paths and all(path.suffix == ".npy" for path in paths):
        return "numpy_archive"
    return "text" if any(path.suffix.lower() in opened.TABLES for path in paths) else None


def _of_text(source: Path, limits: Limits) -> str:
    """word2vec text or binary, or GloVe text; UserProblem where it is none of them."""
    head = opened.head(source, limits)
    _refuse(head)
    header = HEADER.match(head)
    lines = head[header.end() if header else 0 :].split(b"\n")
    if header is None:
        if text_rows.width_of(lines[:100]):
            return "glove_text"
        raise UserProblem(
            "The file is neither a model nor a table of word vectors.",
            "A model is a zip or a folder; a table has one word and its numbers a line (word2vec, GloVe), or is an "
            ".npz.", "Check the file.",
        )  # fmt: skip
    width = int(header[2])
    readable = any(text_rows.numbers(line, width) is not None for line in lines[:20])
    return "word2vec_text" if readable or not _BINARY.search(head) else "word2vec_binary"


def _refuse(head: bytes) -> None:
    if head[:1] == b"\x80" and head[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05"):
        raise UserProblem(
            "The file is a pickle, which can run code when it is read.", "It is not opened.",
            "Where it came from gensim, save it there with save_word2vec_format(path, binary=True) and import that.",
        )  # fmt: skip
    if head.startswith(NPY):
        raise UserProblem(
            "The file is one array without its words.", 'An .npz with "words" and "vectors" is wanted.',
            "Save with numpy.savez(path, words=..., vectors=...), or with gensim's save_word2vec_format.",
        )  # fmt: skip
    if head.startswith(FASTTEXT):
        raise UserProblem("The file is a fastText model.", "Its table of words is wanted.", "Import the .vec file.")
    if head.startswith(HDF5):
        raise UserProblem("The file is an HDF5 file.", "word2vec, GloVe or .npz is wanted.", "Save it as one of them.")
