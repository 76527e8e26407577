"""Rows as a measure of classifiers reads them: texts, their pairs, their labels, and how a row is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from core.errors import UserProblem

SEPARATOR = "|"  # between several labels of a row in a table of a person's own


@dataclass(frozen=True)
class Rows:
    """Texts (n,), their pairs where there are any, labels of each row where there are any, and names of the rows."""

    texts: tuple[str, ...]
    seconds: tuple[str, ...] | None
    labels: tuple[tuple[str, ...], ...] | None
    ids: tuple[Any, ...]

    def __len__(self) -> int:
        return len(self.texts)

    def written(self) -> tuple[str, ...] | None:
        """The labels of each row in one text."""
        return None if self.labels is None else tuple(", ".join(names) for names in self.labels)


def rows(table: pd.DataFrame, several: bool = False) -> Rows:
    """Read a table with the column text; UserProblem where there is none. `several`: a cell may hold a|b."""
    if "text" not in table.columns:
        raise UserProblem(
            "The rows have no column 'text'.", f"Columns are: {', '.join(map(str, table.columns))}.", "Name it text."
        )
    texts = tuple(_text(cell) for cell in table["text"])
    seconds = tuple(_text(cell) for cell in table["text_pair"]) if "text_pair" in table.columns else None
    labels = tuple(_labels(cell, several) for cell in table["label"]) if "label" in table.columns else None
    names = next((name for name in ("id", "row_id") if name in table.columns), None)
    ids = tuple(table[name].tolist() if (name := names) else range(1, len(table) + 1))
    return Rows(texts, seconds, labels, ids)


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else "" if cell is None or cell != cell else str(cell)


def _labels(cell: Any, several: bool) -> tuple[str, ...]:
    if isinstance(cell, str):
        parts: Sequence[str] = cell.split(SEPARATOR) if several else [cell]
        return tuple(part.strip() for part in parts if part.strip()) if several else tuple(parts)
    if cell is None or (isinstance(cell, float) and cell != cell):
        return ()
    return tuple(str(one) for one in cell) if hasattr(cell, "__iter__") else (str(cell),)
