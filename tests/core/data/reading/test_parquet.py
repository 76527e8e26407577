"""Parquet: every type becomes text, nulls become empty, and nothing is taken on trust."""

from __future__ import annotations

import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.data.reading import ReadLimits, TableFacts, parse
from core.errors import UserProblem


def read(tmp_path: Path, table: pa.Table, **limits: int) -> tuple[TableFacts, list[tuple[object, ...]]]:
    pq.write_table(table, tmp_path / "a.parquet")
    facts = parse(tmp_path / "a.parquet", tmp_path / "out", limits=ReadLimits(**limits))
    return facts, [tuple(row.values()) for row in pq.read_table(tmp_path / "out").to_pylist()]


def test_types_become_text(tmp_path: Path) -> None:
    table = pa.table(
        {
            "text": ["a", None],
            "n": [1, None],
            "x": [1.5, 2.0],
            "yes": [True, False],
            "kind": pa.array(["p", "q"]).dictionary_encode(),
            "day": [datetime.date(2020, 1, 31), None],
            "tags": [["a", "b"], []],
            "deep": [{"x": 1}, None],
            "raw": pa.array([b"bytes", b""]),
            "none": pa.nulls(2),
        }
    )
    facts, rows = read(tmp_path, table)
    assert rows[0] == ("a", "1", "1.5", "true", "p", "2020-01-31", "a|b", '{"x": 1}', "bytes", "", 1)
    assert rows[1] == ("", "", "2", "false", "q", "", "", "", "", "", 2)
    assert (facts.format, facts.header, facts.numbering) == ("parquet", True, "record")


def test_limits(tmp_path: Path) -> None:
    table = pa.table({"a": ["x" * 10] * 5, "b": ["y"] * 5})
    assert read(tmp_path, table, rows=5, columns=2, cell=10)[0].rows == 5
    with pytest.raises(UserProblem, match="has 5 rows"):
        read(tmp_path, table, rows=4)
    with pytest.raises(UserProblem, match="has 2 columns"):
        read(tmp_path, table, columns=1)
    facts, rows = read(tmp_path, pa.table({"a": ["x" * 10, "x" * 11]}), cell=10)
    assert len(rows) == 1 and [row.line for row in facts.rejected] == [2]


def test_small_file_that_grows_is_stopped(tmp_path: Path) -> None:
    table = pa.table({"a": pa.array(["x" * 90_000] * 3_000)})
    with pytest.raises(UserProblem, match="larger than 50 MB when unpacked"):
        read(tmp_path, table, size=50_000_000)
    assert (tmp_path / "a.parquet").stat().st_size < 200_000


def test_damaged(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": ["x"] * 1000}), tmp_path / "good")
    content = (tmp_path / "good").read_bytes()
    for damaged in (content[:100], b"PAR1" + b"\0" * 100 + b"PAR1", content[:20] + b"\xff" * 40 + content[60:]):
        (tmp_path / "bad").write_bytes(damaged)
        with pytest.raises(UserProblem, match="damaged"):
            parse(tmp_path / "bad", tmp_path / "out")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="damaged or of an unknown kind"):
        read(tmp_path, pa.table({"a": pa.array([b"\xff\xfe\xfd"])}))
