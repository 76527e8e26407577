"""A table of word vectors on disk (word2vec, GloVe): one row a word, read where it is asked for.

Folder: vectors.safetensors with the tensor `vectors` (n, d) float32, and words.json, the n words in the same order.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.errors import UserProblem

if TYPE_CHECKING:
    from core.bias.audited import Audited
    from core.bias.vectors.kinds import VectorConfig, Vectors
    from core.progress import Report, ShouldStop

WORDS, VECTORS, TENSOR = "words.json", "vectors.safetensors", "vectors"


@dataclass(frozen=True)
class StaticVectors:
    """The words, and their rows when asked."""

    folder: Path
    words: tuple[str, ...]

    @cached_property
    def places(self) -> dict[str, int]:
        """Word -> row; of a word that stands there twice, the first."""
        return {word: number for number, word in reversed(list(enumerate(self.words)))}

    def rows(self, numbers: Sequence[int]) -> np.ndarray:
        """Rows (k, d) float32."""
        from safetensors import safe_open

        with safe_open(self.folder / VECTORS, "np") as tensors:
            part = tensors.get_slice(TENSOR)
            return np.stack([part[number] for number in numbers]) if len(numbers) else np.zeros((0, self.width))

    @cached_property
    def width(self) -> int:
        """d, the numbers of a vector."""
        from safetensors import safe_open

        with safe_open(self.folder / VECTORS, "np") as tensors:
            return int(tensors.get_slice(TENSOR).get_shape()[1])

    def find(self, word: str) -> int | None:
        """The row of the word as written, else in lower case, else None."""
        found = self.places.get(word)
        return self.places.get(word.lower()) if found is None else found


def open_static(folder: Path) -> StaticVectors:
    """The table in a folder; UserProblem where there is none."""
    path = folder / WORDS
    if not path.is_file() or not (folder / VECTORS).is_file():
        raise UserProblem(
            "The folder holds no word vectors.", f"{WORDS} and {VECTORS} are wanted.", "Import them again."
        )
    return StaticVectors(folder, tuple(json.loads(path.read_text(encoding="utf-8"))))


def save_static(folder: Path, words: Sequence[str], rows: np.ndarray) -> None:
    """Write the table; rows (n, d)."""
    from safetensors.numpy import save_file

    save_file({TENSOR: np.ascontiguousarray(rows, dtype=np.float32)}, folder / VECTORS)
    (folder / WORDS).write_text(json.dumps(list(words), ensure_ascii=False), encoding="utf-8")


def look_up(
    audited: Audited,
    words: tuple[str, ...],
    settings: VectorConfig,
    contexts: Sequence[str] | None,
    report: Report,
    should_stop: ShouldStop,
) -> Vectors:
    """Rows (n, d); a word is looked up as written, then in lower case."""
    from core.bias.vectors.kinds import Vectors

    table = audited.static
    places = {word: table.find(word) for word in words}
    lost = {word: "not in the vocabulary" for word, place in places.items() if place is None}
    kept = tuple(word for word in words if word not in lost)
    rows = table.rows([place for place in places.values() if place is not None]).astype(np.float64)
    return Vectors(kept, rows, lost, f"word vectors of {len(table.words):,} words, {table.width} numbers each")
