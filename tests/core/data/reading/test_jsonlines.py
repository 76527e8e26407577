"""JSON: one record a line, or an array; what is no record is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from core.data.reading import ReadLimits, TableFacts, parse
from core.errors import UserProblem


def read(tmp_path: Path, content: str, name: str = "a.jsonl", **limits: int) -> tuple[TableFacts, list[dict[str, Any]]]:
    (tmp_path / name).write_text(content, encoding="utf-8")
    facts = parse(tmp_path / name, tmp_path / "out", limits=ReadLimits(**limits))
    return facts, pq.read_table(tmp_path / "out").to_pylist()


def test_values_as_they_are_spelled(tmp_path: Path) -> None:
    line = (
        '{"text": "I\\nhate", "label": 1.0, "big": 12345678901234567890, "yes": true, "none": null, '
        '"tags": ["a", "b"], "deep": {"x": 1}}'
    )
    facts, rows = read(tmp_path, line + "\n")
    assert rows == [
        {
            "text": "I\nhate", "label": "1.0", "big": "12345678901234567890", "yes": "true", "none": "",
            "tags": "a|b", "deep": '{"x": "1"}', "__line__": 1,
        }
    ]  # fmt: skip
    assert (facts.format, facts.delimiter, facts.numbering) == ("jsonl", None, "line")


def test_columns_are_all_names_in_order(tmp_path: Path) -> None:
    facts, rows = read(tmp_path, '{"a": "1"}\n\n{"b": "2", "a": "3"}\n')
    assert facts.columns == ("a", "b")
    assert rows == [{"a": "1", "b": "", "__line__": 1}, {"a": "3", "b": "2", "__line__": 3}]


def test_lines_that_are_no_record(tmp_path: Path) -> None:
    content = '{"a": "1"}\n{"a": \n[1, 2]\n"text"\n{"a": "1", "a": "2"}\n' + "[" * 50_000 + "\n"
    facts, rows = read(tmp_path, content)
    assert [row.line for row in facts.rejected] == [2, 3, 4, 5, 6] and len(rows) == 1
    reasons = [row.reason for row in facts.rejected]
    assert "not valid JSON" in reasons[0] and reasons[1] == "not a record with names and values"
    assert reasons[3] == "the name “a” stands twice" and "nested" in reasons[4]
    assert all(len(row.raw) <= 500 for row in facts.rejected)


def test_half_a_character(tmp_path: Path) -> None:
    facts, rows = read(tmp_path, '{"a": "x\\ud800y"}\n')
    assert rows[0]["a"] == "x?y" and "half a character" in facts.notes[0]
    assert read(tmp_path, '{"x\\ud800": "1"}\n')[0].columns == ("x?",)


@pytest.mark.parametrize("indent", [None, 2])
def test_array(tmp_path: Path, indent: int | None) -> None:
    records = [{"text": f"text {n} ] }} , [", "label": n} for n in range(1000)]
    facts, rows = read(tmp_path, json.dumps(records, indent=indent), "a.json")
    assert [row["text"] for row in rows] == [record["text"] for record in records]
    assert (facts.format, facts.numbering, rows[-1]["__line__"]) == ("json", "record", 1000)


def test_array_longer_than_a_piece(tmp_path: Path) -> None:
    records = [{"text": "é" * 40_000, "n": n} for n in range(80)]
    facts, rows = read(tmp_path, json.dumps(records, ensure_ascii=False), "a.json")
    assert facts.rows == 80 and rows[79] == {"text": "é" * 40_000, "n": "79", "__line__": 80}


def test_records_one_after_the_other(tmp_path: Path) -> None:
    assert len(read(tmp_path, '{\n "a": 1\n}\n{\n "a": 2\n}\n', "a.json")[1]) == 2


def test_broken_array_names_record_and_line(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="Record 2, which starts on line 3, is not valid JSON"):
        read(tmp_path, '[\n{"a": 1},\n{"a": oops},\n{"a": 3}]', "a.json")
    with pytest.raises(UserProblem, match="Record 2"):
        read(tmp_path, '[{"a": 1},\n{"a": "cut', "a.json")


def test_values_that_are_no_records_in_an_array(tmp_path: Path) -> None:
    facts, rows = read(tmp_path, '[{"a": 1}, 2, {"a": 3}]', "a.json")
    assert [row.line for row in facts.rejected] == [2] and len(rows) == 2


@pytest.mark.parametrize("content", ["[]", '["a", "b"]', "{}", "12"])
def test_no_records(tmp_path: Path, content: str) -> None:
    with pytest.raises(UserProblem, match="holds no JSON record"):
        read(tmp_path, content, "a.json")


def test_columns_instead_of_records(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match='orient="records"'):
        read(tmp_path, '{"text": {"0": "a", "1": "b"}, "label": {"0": 1, "1": 2}}', "a.json")


def test_too_many_names(tmp_path: Path) -> None:
    record = json.dumps({f"c{n}": n for n in range(5)})
    assert read(tmp_path, record, columns=5)[0].rows == 1
    with pytest.raises(UserProblem, match="more than 4 different names"):
        read(tmp_path, record, columns=4)
