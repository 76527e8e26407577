"""Spreadsheets, written here with openpyxl and read with another library."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from core.data.reading import ReadLimits, ReadOptions, TableFacts, parse
from core.errors import UserProblem

Build = Callable[[openpyxl.Workbook], None]


def read(
    tmp_path: Path, build: Build, limits: ReadLimits | None = None, **options: Any
) -> tuple[TableFacts, list[Any]]:
    book = openpyxl.Workbook()
    build(book)
    book.save(tmp_path / "a.xlsx")
    facts = parse(tmp_path / "a.xlsx", tmp_path / "out", ReadOptions(**options), limits=limits or ReadLimits())
    return facts, [tuple(row.values()) for row in pq.read_table(tmp_path / "out").to_pylist()]


def fill(rows: list[list[Any]]) -> Build:
    def build(book: openpyxl.Workbook) -> None:
        for row in rows:
            book.active.append(row)

    return build


def test_values(tmp_path: Path) -> None:
    day = datetime.datetime(2020, 1, 31, 12, 30)
    rows = [
        ["text", "n", "x", "yes", "day", "at"],
        ["a\nb", 3, 1.5, True, day.date(), day],
        ["=quoted", 1e6, -0.25, False, None, None],
    ]
    facts, got = read(tmp_path, fill(rows))
    assert got[0] == ("a\nb", "3", "1.5", "TRUE", "2020-01-31", "2020-01-31 12:30:00", 2)
    assert got[1][1:4] == ("1000000", "-0.25", "FALSE")
    assert (facts.format, facts.encoding, facts.numbering, facts.sheets) == ("xlsx", None, "row", ("Sheet",))


def test_blank_rows_and_a_merged_title(tmp_path: Path) -> None:
    def build(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet["A1"] = "Report"
        sheet.merge_cells("A1:B1")
        for row, cells in {3: ("text", "label"), 4: ("a", "x"), 6: ("b", "y")}.items():
            sheet.cell(row, 1, cells[0])
            sheet.cell(row, 2, cells[1])

    facts, got = read(tmp_path, build)
    assert facts.columns == ("text", "label") and got == [("a", "x", 4), ("b", "y", 6)]
    assert "2 blank rows left out." in facts.notes
    assert "1 row before the table left out: “Report”." in facts.notes


def test_first_sheet_that_is_not_empty_and_a_choice(tmp_path: Path) -> None:
    def build(book: openpyxl.Workbook) -> None:
        book.create_sheet("one").append(["text"])
        book["one"].append(["a"])
        book.create_sheet("two").append(["other"])
        book["two"].append(["b"])

    facts, got = read(tmp_path, build)
    assert got == [("a", 2)] and facts.notes[0] == "Read sheet “one”; not read: Sheet, two."
    assert read(tmp_path, build, sheet="two")[1] == [("b", 2)]
    with pytest.raises(UserProblem, match="no sheet “three”"):
        read(tmp_path, build, sheet="three")


def test_errors_in_cells_are_counted(tmp_path: Path) -> None:
    def build(book: openpyxl.Workbook) -> None:
        fill([["text", "label"], ["a", "x"]])(book)
        book.active["B2"].value, book.active["B2"].data_type = "#N/A", "e"

    facts, got = read(tmp_path, build)
    assert got == [("a", "", 2)] and facts.notes == (
        "1 cell of the workbook with an error such as #N/A: read as empty.",
    )


def test_empty_workbook(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="is empty"):
        read(tmp_path, fill([]))


def test_limits(tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="more than 2 rows"):
        read(tmp_path, fill([["a"], ["x"], ["y"], ["z"]]), ReadLimits(rows=2))
    with pytest.raises(UserProblem, match="has 3 columns"):
        read(tmp_path, fill([["a", "b", "c"], [1, 2, 3]]), ReadLimits(columns=2))
    with pytest.raises(UserProblem, match="larger than 50 kB|larger than 50,000 bytes"):
        read(tmp_path, fill([["a" * 30_000], ["b" * 30_000]]), ReadLimits(size=50_000))


def test_no_header(tmp_path: Path) -> None:
    facts, got = read(tmp_path, fill([[1, 2], [3, 4]]))
    assert not facts.header and got == [("1", "2", 1), ("3", "4", 2)]


def test_entities_do_not_expand(tmp_path: Path) -> None:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.active.append(["x"])
    book.save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>' + content.replace(
                    b"<v>1</v>", b"<v>&b;</v>"
                )
            new.writestr(name, content)
    try:
        facts = parse(tmp_path / "a.xlsx", tmp_path / "out")
    except UserProblem as problem:
        assert "spreadsheet" in str(problem)
    else:
        assert facts.rows <= 1 and "lol" not in str(facts.preview)


@pytest.mark.parametrize("damage", ["cut", "word", "locked"])
def test_files_that_are_no_spreadsheet(tmp_path: Path, damage: str) -> None:
    source = tmp_path / "a.xlsx"
    if damage == "word":
        with zipfile.ZipFile(source, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", "<w/>")
    else:
        name = "EncryptedPackage".encode("utf-16-le") if damage == "locked" else b""
        source.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000 + name)
    want = {"cut": "could not be read", "word": "no spreadsheet", "locked": "locked with a password"}[damage]
    with pytest.raises(UserProblem, match=want):
        parse(source, tmp_path / "out")
