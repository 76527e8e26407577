"""What a column holds, judged from some thousand of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from core.data.column_mapping import SEPARATORS
from core.data.reading.facts import LINE_COLUMN, TableFacts
from core.data.split_names import UNKNOWN, split_name

SEEN = 5_000
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?%?")
_LETTER = re.compile(r"[^\W\d_]")
_BINARY = frozenset({"0", "1", "0.0", "1.0"})


@dataclass(frozen=True)
class Profile:
    """Shares are of the filled cells, in [0, 1]; characters and words are means."""

    name: str
    cells: int
    filled: int
    distinct: int
    characters: float
    words: float
    longest: int
    numbers: float
    lettered: float
    binary: bool
    splits: bool
    separator: str | None

    @property
    def variety(self) -> float:
        return self.distinct / self.filled if self.filled else 0.0


def profiles(facts: TableFacts, table: Path | None = None) -> tuple[Profile, ...]:
    """One profile a column, from the first 5,000 rows of the table, or from the preview where there is none."""
    return tuple(_profile(name, cells) for name, cells in _cells(facts, table).items())


def _cells(facts: TableFacts, table: Path | None) -> dict[str, list[str]]:
    if table is None:
        return {name: [row[at] for row in facts.preview if at < len(row)] for at, name in enumerate(facts.columns)}
    batches = pq.ParquetFile(table).iter_batches(batch_size=SEEN)  # type: ignore[no-untyped-call]
    first = next(batches, None)
    if first is None:
        return {name: [] for name in facts.columns}
    return {name: first.column(name).to_pylist() for name in first.schema.names if name != LINE_COLUMN}


def _profile(name: str, cells: Sequence[str | None]) -> Profile:
    filled = [cell.strip() for cell in cells if cell is not None and cell.strip()]
    count, distinct = len(filled), set(filled)
    of = max(1, count)
    return Profile(
        name,
        len(cells),
        count,
        len(distinct),
        sum(map(len, filled)) / of,
        sum(len(cell.split()) for cell in filled) / of,
        max(map(len, filled), default=0),
        sum(_NUMBER.fullmatch(cell) is not None for cell in filled) / of,
        sum(_LETTER.search(cell) is not None for cell in filled) / of,
        bool(filled) and distinct <= _BINARY,
        bool(filled) and len(distinct) <= 3 and all(split_name(cell) not in ("", UNKNOWN) for cell in distinct),
        _separator(filled),
    )


def _separator(filled: list[str]) -> str | None:
    """The sign that parts several labels in a cell, or "|" for lists: its parts must be few, short and come again."""
    if not filled:
        return None
    if sum(cell.startswith("[") and cell.endswith("]") for cell in filled) > len(filled) / 2:
        return "|"
    return next((sign for sign in SEPARATORS if _parts(filled, sign)), None)


def _parts(filled: list[str], sign: str) -> bool:
    with_sign = sum(sign in cell for cell in filled)
    if with_sign < max(2, len(filled) / 200):
        return False
    parts = pd.Series([part.strip() for cell in filled for part in cell.split(sign)], dtype=object)
    names = parts.value_counts()
    short = all(len(name) <= 40 and len(name.split()) <= 3 for name in names.index)
    return short and len(names) <= max(2, len(filled) / 5) and len(names) < len(set(filled)) and "" not in names.index
