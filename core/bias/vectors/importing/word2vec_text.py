"""word2vec text: a line with the number of words and of numbers, then a word and its numbers a line (fastText .vec)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.bias.vectors.importing import text_rows
from core.bias.vectors.importing.limits import Limits
from core.bias.vectors.importing.opened import opened
from core.bias.vectors.importing.recognising import HEADER
from core.bias.vectors.importing.tally import Tally
from core.bias.vectors.importing.text_rows import Row


def rows(source: Path, scratch: Path, tally: Tally, limits: Limits) -> Iterator[Row]:
    """Rows in order; a note where there are fewer than the first line promises."""
    with opened(source, limits) as stream:
        header = HEADER.match(stream.readline(100))
        assert header is not None
        yield from text_rows.rows(stream, int(header[2]), tally, first=2)
    seen = tally.read + sum(tally.left_out.values())
    if seen != int(header[1]):
        tally.notes.append(f"The first line promises {int(header[1]):,} words; there are {seen:,}.")
