"""The stream of a parsed table: every row once, from any row on, over row groups of any size."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.inference.table import TableStream


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows = [str(number) for number in range(25)]
    columns = {"b": rows, "a": [None if number == "7" else f"t{number}" for number in rows], "__line__": range(25)}
    pq.write_table(pa.table(columns), tmp_path / "table.parquet", row_group_size=10)
    return tmp_path / "table.parquet"


def test_columns_in_order_without_line_numbers(table: Path) -> None:
    stream = TableStream(table)
    assert (stream.columns, stream.rows) == (("b", "a"), 25)


@pytest.mark.parametrize("start", [0, 1, 9, 10, 11, 24, 25])
@pytest.mark.parametrize("rows", [1, 4, 100])
def test_every_row_once_from_any_row_on(table: Path, start: int, rows: int) -> None:
    chunks = list(TableStream(table).chunks(start, rows))
    assert [cell for chunk in chunks for cell in chunk[0]] == [str(number) for number in range(start, 25)]
    assert all(0 < len(chunk[0]) == len(chunk[1]) <= rows for chunk in chunks)


def test_a_missing_cell_is_an_empty_text(table: Path) -> None:
    assert next(TableStream(table).chunks(7))[1][0] == ""
