"""The table on disk: rows checked against the width and the limits, written as Parquet chunk by chunk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.data.reading import wording
from core.data.reading.facts import LINE_COLUMN, PREVIEW_ROWS, RAW_LIMIT, RejectedRow, TableFacts
from core.data.reading.options import ReadLimits
from core.errors import UserProblem

CHUNK_ROWS = 20_000
CHUNK_CHARACTERS = 8_000_000


@dataclass
class TableWriter:
    """Writes rows of strings with the line each starts on; keeps the rejected ones and the first rows for a preview.

    Every row goes in through `add` or `reject`, so that rows in = rows + rejected.
    """

    out: Path
    names: tuple[str, ...]
    limits: ReadLimits
    unit: str = "line"
    rows: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)
    preview: list[tuple[str, ...]] = field(default_factory=list)
    mended: int = 0
    characters: int = 0
    _lines: list[int] = field(default_factory=list)
    _cells: list[Sequence[str]] = field(default_factory=list)
    _size: int = 0

    def __enter__(self) -> Self:
        if len(self.names) > self.limits.columns:
            raise UserProblem(
                f"The table has {len(self.names):,} columns.",
                f"At most {self.limits.columns} are read.",
                "Remove columns, or choose another delimiter.",
            )
        strings = [pa.field(name, pa.string()) for name in self.names]
        self.schema = pa.schema([*strings, pa.field(LINE_COLUMN, pa.int64())])
        self._file = pq.ParquetWriter(self.out, self.schema, compression="zstd")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._flush()
        finally:
            self._file.close()

    def add(self, line: int, cells: Sequence[str], size: int = 0) -> None:
        """Take a row of the right width; `size` is about how many characters it has."""
        self._lines.append(line)
        self._cells.append(cells)
        self._size += size
        if len(self._lines) >= CHUNK_ROWS or self._size > CHUNK_CHARACTERS:
            self._flush()

    def reject(self, line: int, reason: str, raw: str) -> None:
        """Take a row that cannot be in the table."""
        self.rejected.append(RejectedRow(line, reason, raw.encode("utf-8", "replace").decode()[:RAW_LIMIT]))
        if len(self.rejected) > self.limits.rejected:
            first = min(self.rejected, key=lambda row: row.line)
            raise UserProblem(
                f"More than {wording.count(self.limits.rejected, 'row')} cannot be read, the first on {self.unit} "
                f"{first.line:,}: {first.reason}.",
                "",
                "Choose another delimiter or quote, or mend the file.",
            )

    def facts(self, source: Path, **found: Any) -> TableFacts:
        """The facts of `source` once it is written; `found` says what its reader learnt about encoding and shape."""
        text = {"encoding": None, "bom": False, "delimiter": None, "quotechar": None, "header": True}
        return TableFacts(
            **(text | found),
            columns=self.names,
            rows_in=self.rows + len(self.rejected),
            rows=self.rows,
            rejected=tuple(sorted(self.rejected, key=lambda row: row.line)),
            preview=tuple(self.preview),
            size=source.stat().st_size,
        )

    def _flush(self) -> None:
        lines, rows = self._lines, self._cells
        self._lines, self._cells, self._size = [], [], 0
        if not rows:
            return
        columns = [self._array(column) for column in zip(*rows, strict=True)]
        batch = pa.record_batch([*columns, pa.array(lines, pa.int64())], schema=self.schema)
        self.write(batch)

    def _array(self, values: Sequence[str]) -> pa.Array:
        try:
            return pa.array(values, pa.string())
        except UnicodeEncodeError:  # half a surrogate pair, as JSON can hold
            clean = [value.encode("utf-8", "replace").decode() for value in values]
            self.mended += sum(new != old for new, old in zip(clean, values, strict=True))
            return pa.array(clean, pa.string())

    def write(self, batch: pa.RecordBatch) -> None:
        """Write rows that are columns of strings already (the last one the lines); cells too long are rejected."""
        batch = self._without_long_cells(batch)
        self.rows += batch.num_rows
        self.characters += sum(column.nbytes for column in batch.columns)
        if self.rows > self.limits.rows:
            raise UserProblem(
                f"The table has more than {wording.count(self.limits.rows, 'row')}.",
                f"At most {self.limits.rows:,} are read.",
                "Split it into smaller files.",
            )
        if len(self.preview) < PREVIEW_ROWS:
            few = batch.slice(0, PREVIEW_ROWS - len(self.preview))
            self.preview += zip(*[_cut(few.column(place)) for place in range(len(self.names))], strict=True)
        self._file.write_batch(batch)

    def _without_long_cells(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        long = None
        for column in batch.columns[:-1]:
            if (pc.max(pc.binary_length(column)).as_py() or 0) > self.limits.cell:
                over = pc.greater(pc.utf8_length(column), self.limits.cell)
                long = over if long is None else pc.or_(long, over)
        if long is None or not pc.any(long).as_py():
            return batch
        for row in batch.filter(long).to_pylist():
            cells = [row[name] for name in self.names]
            name = next(name for name in self.names if len(row[name]) > self.limits.cell)
            reason = f"the cell of column {wording.quoted(name)} has more than {self.limits.cell:,} characters"
            self.reject(row[LINE_COLUMN], reason, " ".join(cell[:RAW_LIMIT] for cell in cells))
        return batch.filter(pc.invert(long))


def _cut(column: pa.Array) -> list[str]:
    return [cell if len(cell) <= RAW_LIMIT else cell[:RAW_LIMIT] + "…" for cell in column.to_pylist()]
