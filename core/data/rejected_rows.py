"""Writes rejected.csv: every row that is not kept, with file, line, reason and its cells as they were."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from core.data.draft import Rejected
from core.data.intake import Source
from core.data.spreadsheet import guarded

NOT_A_ROW = "raw"


def write(rejected: Sequence[Rejected], sources: Sequence[Source], path: Path) -> None:
    """All rejected rows in the order of their files and lines; cells are guarded against spreadsheet formulas."""
    columns = list(dict.fromkeys(name for source in sources for name in source.facts.columns))
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["file", "line", "reason", *map(guarded, columns), NOT_A_ROW])
        for source in sources:
            mine = sorted((r for r in rejected if r.file == source.file), key=lambda r: (r.line, r.position or 0))
            for row, cells in zip(mine, _cells(mine, source, columns), strict=True):
                told = [row.file, str(row.line), row.reason, *cells, row.raw]
                writer.writerow([guarded(cell) for cell in told])


def _cells(rows: Sequence[Rejected], source: Source, columns: Sequence[str]) -> Iterator[list[str]]:
    """The cells of each rejected row; blank for those that never became one. Columns are read one by one."""
    places = pa.array([-1 if row.position is None else row.position for row in rows], type=pa.int64())
    if not len(rows):
        return
    found = {name: _column(source, name, places) for name in source.facts.columns if name in columns}
    for at in range(len(rows)):
        yield [found[name][at] if name in found else "" for name in columns]


def _column(source: Source, name: str, places: pa.Array) -> list[str]:
    column = pq.read_table(source.table, columns=[name])[name]
    wanted = pa.compute.if_else(pa.compute.less(places, 0), pa.scalar(None, pa.int64()), places)
    return [cell if cell is not None else "" for cell in column.take(wanted).to_pylist()]
