"""word2vec binary: a line with both counts, then for each word its bytes, a blank, and its numbers as little-endian
float32."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np

from core.bias.vectors.importing.limits import Limits
from core.bias.vectors.importing.opened import opened
from core.bias.vectors.importing.recognising import HEADER
from core.bias.vectors.importing.tally import Tally
from core.bias.vectors.importing.text_rows import Row

BLOCK = 1 << 22


def rows(source: Path, scratch: Path, tally: Tally, limits: Limits) -> Iterator[Row]:
    """Rows in order; a note where the file ends, or stops making sense, before the promised number."""
    with opened(source, limits) as stream:
        header = HEADER.match(stream.readline(100))
        assert header is not None
        promised, width = int(header[1]), int(header[2])
        number = 0
        for number, (word, vector) in enumerate(_pairs(stream, min(width, limits.width + 1), limits), start=1):
            yield f"row {number:,}", word, vector
            if number == promised:
                return
    tally.notes.append(f"The file ends after {number:,} of the {promised:,} words that it promises.")


def _pairs(stream: BinaryIO, width: int, limits: Limits) -> Iterator[tuple[bytes, np.ndarray]]:
    """Words and numbers until the bytes run out, or until no blank ends the next word."""
    data, start, size = b"", 0, width * 4
    while True:
        end = data.find(b" ", start, start + limits.word + 2)
        if end < 0 and len(data) - start > limits.word + 2:
            return
        if end < 0 or len(data) < end + 1 + size:
            more = stream.read(BLOCK)
            if not more:
                return
            data, start = data[start:] + more, 0
            continue
        yield data[start:end].lstrip(b"\r\n"), np.frombuffer(data, "<f4", width, end + 1)
        start = end + 1 + size
