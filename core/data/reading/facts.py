"""What was found in an upload: the facts shown before anything is saved, and the rows that could not be read.

`rows_in = rows + len(rejected)`, always. Blank lines and lines before the table are no rows; the notes tell of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

RAW_LIMIT = 500  # characters of a rejected row, or of a cell in the preview, that are kept
PREVIEW_ROWS = 50
LINE_COLUMN = "__line__"


@dataclass(frozen=True)
class RejectedRow:
    """A row that is not in the table: where it starts, why it is not, and its text up to 500 characters."""

    line: int
    reason: str
    raw: str


@dataclass(frozen=True)
class TableFacts:
    """How a file was read. `numbering` says what `__line__` and `RejectedRow.line` count: lines, rows or records.

    `quotechar` is "" where quotes are plain text; `encoding`, `delimiter` and `quotechar` are None where the format has
    none. `size` is that of the file in bytes as it came. `preview`: the first 50 rows, cells cut at 500 characters.
    """

    format: str
    encoding: str | None
    bom: bool
    delimiter: str | None
    quotechar: str | None
    header: bool
    columns: tuple[str, ...]
    rows_in: int
    rows: int
    rejected: tuple[RejectedRow, ...]
    notes: tuple[str, ...]
    preview: tuple[tuple[str, ...], ...]
    size: int
    numbering: Literal["line", "row", "record"] = "line"
    sheets: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The facts that `to_json` wrote."""
        return cls(
            **{
                **data,
                "columns": tuple(data["columns"]),
                "rejected": tuple(RejectedRow(**row) for row in data["rejected"]),
                "notes": tuple(data["notes"]),
                "preview": tuple(tuple(row) for row in data["preview"]),
                "sheets": tuple(data.get("sheets", ())),
            }
        )
