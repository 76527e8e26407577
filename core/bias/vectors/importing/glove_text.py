"""GloVe text: a word and its numbers a line, without a first line that counts them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.bias.vectors.importing import text_rows
from core.bias.vectors.importing.limits import Limits
from core.bias.vectors.importing.opened import head, opened
from core.bias.vectors.importing.tally import Tally
from core.bias.vectors.importing.text_rows import Row


def rows(source: Path, scratch: Path, tally: Tally, limits: Limits) -> Iterator[Row]:
    """Rows in order; how many numbers a vector has is what most of the first hundred lines have."""
    width = text_rows.width_of(head(source, limits).split(b"\n")[:100])
    with opened(source, limits) as stream:
        yield from text_rows.rows(stream, width, tally, first=1)
