"""A parsed table as a stream: row groups of table.parquet, a few thousand rows at a time, from any row on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

LINE = "__line__"  # line of the source where the row starts; not one of the user's columns
CHUNK_ROWS = 4096

Chunk = list[list[str]]  # one list a column, in the table's order


class TableStream:
    """The user's columns of a parsed table; only one row group is in memory at a time."""

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetFile(path, memory_map=False)
        self.columns = tuple(name for name in self._file.schema_arrow.names if name != LINE)
        self.rows = int(self._file.metadata.num_rows)

    def chunks(self, start: int = 0, rows: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """Columns of up to `rows` rows from row `start` on; missing cells are empty strings."""
        before = 0
        for group in range(self._file.metadata.num_row_groups):
            size = self._file.metadata.row_group(group).num_rows
            first = max(start - before, 0)
            before += size
            if first >= size:
                continue
            table = self._file.read_row_group(group, columns=list(self.columns), use_threads=False)
            for place in range(first, size, rows):
                part = table.slice(place, rows)
                yield [["" if cell is None else str(cell) for cell in part[name].to_pylist()] for name in self.columns]
