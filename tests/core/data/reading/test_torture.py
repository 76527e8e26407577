"""Every file of the torture collections and of the messy ones, against a table of what is right for it.

torture_table.csv names for each file the table (format, encoding, delimiter, quote, header, columns, rows, lines of
rejected rows, a checksum over all names, cells and line numbers) or the sentence that refuses it. The right readings
were decided by looking at the files. Of the 318 delimited ones without rejected rows 303 equal what Python's csv module
gives with the dialect named; the others hold broken quotes or blanks after delimiters.
"""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from core.data.reading import TableFacts, parse, parse_in_child
from core.errors import UserProblem

TABLE = Path(__file__).with_name("torture_table.csv")
with TABLE.open(encoding="utf-8", newline="") as stream:
    EXPECTED = {row["path"]: row for row in csv.DictReader(stream)}
SAMPLE = [
    "messy/kaggle_spam.csv",
    "messy/tokopedia_reviews.xlsx",
    "csv_torture/duckdb/data__csv__comments__big.csv",
    "csv_torture/duckdb/data__csv__encodings__shift_jis.csv",
    "csv_torture/duckdb/data__csv__empty.csv",
    "csv_torture/frictionless/data__table.ods",
]

pytestmark = pytest.mark.real_data


def checksum(table: Path) -> str:
    """The first 12 hex digits of SHA-256 over the names and then every row, as JSON."""
    read = pq.read_table(table)
    digest = hashlib.sha256(json.dumps(read.column_names).encode())
    for row in read.to_pylist():
        digest.update(json.dumps(list(row.values())).encode())
    return digest.hexdigest()[:12]


def described(facts: TableFacts, table: Path) -> dict[str, str]:
    """The facts as they stand in the table."""
    lines = " ".join(str(row.line) for row in facts.rejected[:20])
    lines += f" ... {len(facts.rejected)}" if len(facts.rejected) > 20 else ""
    return {
        "outcome": "table",
        "format": facts.format,
        "encoding": facts.encoding or "",
        "delimiter": "tab" if facts.delimiter == "\t" else facts.delimiter or "",
        "quote": facts.quotechar or "",
        "header": "yes" if facts.header else "no",
        "columns": str(len(facts.columns)),
        "rows": str(facts.rows),
        "rejected_lines": lines,
        "checksum": checksum(table),
        "problem": "",
    }


def test_every_file_is_in_the_table(shared_data: Path) -> None:
    folders = [shared_data / "csv_torture", shared_data / "messy"]
    found = {path.relative_to(shared_data).as_posix() for top in folders for path in top.rglob("*") if path.is_file()}
    assert found == set(EXPECTED)


@pytest.mark.parametrize("path", EXPECTED)
def test_file_reads_as_the_table_says(path: str, shared_data: Path, tmp_path: Path) -> None:
    want = {key: value for key, value in EXPECTED[path].items() if key not in ("path", "remark")}
    out = tmp_path / "table.parquet"
    try:
        facts = parse(shared_data / path, out)
    except UserProblem as problem:
        assert (want["outcome"], want["problem"]) == ("problem", str(problem))
        assert not out.exists()
        return
    assert described(facts, out) == want
    assert facts.rows_in == facts.rows + len(facts.rejected)
    assert all(row.line > 0 and row.reason for row in facts.rejected)
    assert TableFacts.from_json(json.loads(json.dumps(facts.to_json()))) == facts


@pytest.mark.parametrize("path", SAMPLE)
def test_child_reads_the_same(path: str, shared_data: Path, tmp_path: Path) -> None:
    want, out = EXPECTED[path], tmp_path / "table.parquet"
    if want["outcome"] == "problem":
        with pytest.raises(UserProblem) as caught:
            parse_in_child(shared_data / path, out)
        assert str(caught.value) == want["problem"]
        return
    facts = parse_in_child(shared_data / path, out)
    assert (str(facts.rows), checksum(out)) == (want["rows"], want["checksum"])
    assert [path.name for path in tmp_path.iterdir()] == ["table.parquet"]


def spectrum() -> list[str]:
    return [path for path in EXPECTED if "/csv-spectrum/csvs/" in path]


@pytest.mark.parametrize("path", spectrum())
def test_csv_spectrum_equals_its_json(path: str, shared_data: Path, tmp_path: Path) -> None:
    answers = (shared_data / path).parent.parent / "json" / Path(path).with_suffix(".json").name
    answer = json.loads(answers.read_text(encoding="utf-8"))
    want = answer if isinstance(answer, list) else [answer]
    parse(shared_data / path, tmp_path / "table.parquet")
    rows = pq.read_table(tmp_path / "table.parquet").drop_columns("__line__").to_pylist()
    assert [plain(row) for row in rows] == [plain(row) for row in want]


def plain(row: dict[str, str]) -> dict[str, str]:
    """A row with one kind of line break, and without the one cell in which csv-spectrum contradicts itself."""
    kept = {name: cell for name, cell in row.items() if name != "Contact Phone Number"}
    return {name: cell.replace("\r\n", "\n") for name, cell in kept.items()}
