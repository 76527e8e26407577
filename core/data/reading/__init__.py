"""Uploads of any usual format into one table of strings; nothing is lost without a word.

`parse` does the work and belongs into a child process; `parse_in_child` starts one. Nothing heavy is imported here.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from core.data.reading.facts import LINE_COLUMN, RejectedRow, TableFacts
from core.data.reading.options import DELIMITERS, ENCODINGS, FORMATS, QUOTES, ReadLimits, ReadOptions
from core.data.reading.parse import parse
from core.data.sandbox import DEFAULT, Limits, run_child

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "FORMATS",
    "LINE_COLUMN",
    "QUOTES",
    "ReadLimits",
    "ReadOptions",
    "RejectedRow",
    "TableFacts",
    "parse",
    "parse_in_child",
]


def parse_in_child(
    source: Path,
    out: Path,
    options: ReadOptions = ReadOptions(),  # noqa: B008  (frozen)
    *,
    name: str | None = None,
    read_limits: ReadLimits = ReadLimits(),  # noqa: B008  (frozen)
    limits: Limits = DEFAULT,
) -> TableFacts:
    """`parse` in a child process with limits on memory and time; raises `UserProblem` with one sentence."""
    options.check()
    with tempfile.TemporaryDirectory(prefix="reading-", dir=out.resolve().parent) as scratch:  # gone if the child dies
        arguments = {
            "source": str(source.resolve()),
            "out": str(out.resolve()),
            "options": options.to_json(),
            "name": name or source.name,
            "limits": read_limits.to_json(),
            "scratch": scratch,
        }
        return TableFacts.from_json(run_child("parse", arguments, limits=limits))
