"""vectors.safetensors and words.json written row by row: room for the header is left, and filled in at the end."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType

import numpy as np

from core.bias.vectors.static import TENSOR, VECTORS, WORDS

ROOM = 256  # bytes of the header with its length; safetensors allows blanks behind its JSON


class TableWriter:
    """A context that takes words and rows (d,) float32; complete once it is left without an error."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.words, self.width = folder, list[str](), 0

    def __enter__(self) -> TableWriter:
        self._file = (self._folder / VECTORS).open("xb")
        self._file.write(bytes(ROOM))
        return self

    def add(self, word: str, vector: np.ndarray) -> None:
        """Write one row; every row is as wide as the first."""
        self.width = self.width or len(vector)
        if len(vector) != self.width:
            raise ValueError(f"a row of {len(vector)} numbers in a table of {self.width}")
        self.words.append(word)
        self._file.write(np.ascontiguousarray(vector, dtype="<f4").tobytes())

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._file:
            if kind is None:
                self._file.seek(0)
                self._file.write(self._header())
        if kind is None:
            (self._folder / WORDS).write_text(json.dumps(self.words, ensure_ascii=False), encoding="utf-8")

    def _header(self) -> bytes:
        shape = [len(self.words), self.width]
        said = {TENSOR: {"dtype": "F32", "shape": shape, "data_offsets": [0, shape[0] * shape[1] * 4]}}
        return (ROOM - 8).to_bytes(8, "little") + json.dumps(said).encode().ljust(ROOM - 8)
