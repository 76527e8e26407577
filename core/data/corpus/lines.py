"""The lines of a UTF-8 text, without their ends and without the mark at the start; memory: one line, or 1 MB of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

LONGEST = 1_000_000  # characters; a longer line is handed out in pieces, cut at blanks where there are any


def lines_of(path: Path) -> Iterator[str]:
    """Every line; CR LF, LF and CR all end one."""
    rest = ""
    with path.open(encoding="utf-8-sig", errors="replace", newline=None) as stream:
        while line := stream.readline(LONGEST):
            if line.endswith("\n") or len(line) < LONGEST:
                yield rest + line.rstrip("\n")
                rest = ""
                continue
            piece, blank, rest = (rest + line).rpartition(" ")
            if not blank:
                piece, rest = rest, ""
            yield piece
    if rest:
        yield rest
