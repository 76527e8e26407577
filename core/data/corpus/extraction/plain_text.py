"""Plain text and Markdown: the encoding is found as for tables, and Markdown is taken as it stands."""

from __future__ import annotations

from pathlib import Path

from core.data.corpus.extraction.contract import Format, Given, Text
from core.data.corpus.options import CorpusOptions
from core.data.reading.encoding import as_utf8
from core.errors import UserProblem

CHUNK = 1 << 20
LONG_LINE = 160  # characters; where half of the lines are longer, lines are paragraphs and were not wrapped
LOOKED_AT = 2_000  # lines


def read(given: Given, options: CorpusOptions) -> Text:
    """The text as UTF-8; UserProblem for bytes that are no text."""
    text = as_utf8(given.path, given.folder / "text.txt", options.encoding)
    _require_text(text.path)
    wrapped = _is_wrapped(text.path)
    notes = text.notes if wrapped else (*text.notes, "Its lines are long: each was taken as a paragraph of its own.")
    return Text(text.path, wrapped, notes=notes, facts={"encoding": text.encoding})


def _require_text(path: Path) -> None:
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            if b"\0" in chunk:
                raise UserProblem("It holds NUL bytes, so it is no text.", "", "Save it as plain text (UTF-8).")


def _is_wrapped(path: Path) -> bool:
    lengths: list[int] = []
    with path.open(encoding="utf-8", errors="replace") as stream:
        while len(lengths) < LOOKED_AT and (line := stream.readline(CHUNK)):
            if line.strip():
                lengths.append(len(line))
    return not lengths or sorted(lengths)[len(lengths) // 2] <= LONG_LINE


FORMAT = Format("text", "plain text", read)
