"""A sheet of .xlsx, .xls or .ods into a table, with the cells as values and not as they are formatted.

python-calamine (Rust) reads all three; it expands no XML entities. What a .xlsx really unpacks to is counted first.
Whole numbers are written without ".0", dates as ISO 8601, TRUE and FALSE as spreadsheets show them.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from core.data.reading import wording
from core.data.reading.facts import TableFacts
from core.data.reading.head import Head, read_head
from core.data.reading.options import ReadLimits, ReadOptions
from core.data.reading.unpacking import check_spreadsheet
from core.data.reading.writing import TableWriter
from core.errors import UserProblem

HEAD_ROWS = 500
Row = tuple[int, list[str]]


def read_spreadsheet(
    source: Path, out: Path, name: str, kind: str, options: ReadOptions, limits: ReadLimits
) -> TableFacts:
    """Read one sheet into `out`; `__line__` is the row number that the spreadsheet shows."""
    workbook, said = _open(source, name, limits)
    titles = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    sheet, notes = _choose(workbook, titles, options.sheet, name)
    notes = [*notes, *said]
    if sheet.width > limits.columns + 1000 or sheet.height > limits.rows + 1000:
        notes = [*notes, f"The sheet spans {sheet.height:,} rows and {sheet.width:,} columns."]
    rows = _rows(sheet, options.skip_lines or 0)
    first = [row for _, row in zip(range(HEAD_ROWS), rows, strict=False)]
    filled = [row for row in first if any(row[1])]
    head = read_head(_narrowed(filled, sheet), options.header, options.skip_lines, "row")
    if not head.names:
        raise UserProblem(
            f"The sheet has no row left after row {options.skip_lines or 0:,}.", "", "Leave out fewer rows."
        )
    blank = 0
    with TableWriter(out, head.names, limits, "row") as writer:
        left = head.skipped + head.header
        for number, cells in _chain(first, rows):
            if not any(cells):
                blank += 1
            elif left:
                left -= 1
            else:
                writer.add(number, _fitted(cells, head), sum(map(len, cells)))
    if blank:
        notes = [*notes, f"{wording.count(blank, 'blank row')} left out."]
    return writer.facts(
        source,
        format=kind,
        header=head.header,
        notes=(*notes, *_merged(sheet), *head.notes),
        numbering="row",
        sheets=tuple(titles),
    )


def _open(source: Path, name: str, limits: ReadLimits) -> tuple[CalamineWorkbook, list[str]]:
    errors = 0
    try:
        if zipfile.is_zipfile(source):
            with zipfile.ZipFile(source) as archive:
                errors = check_spreadsheet(archive, limits, name)
        elif _is_encrypted(source):
            raise PasswordError
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(source.read_bytes()))
    except PasswordError as error:
        raise UserProblem(
            f"The spreadsheet {wording.quoted(name)} is locked with a password.", "", "Save it without one."
        ) from error
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise UserProblem(
            f"{wording.quoted(name)} could not be read as a spreadsheet ({str(error)[:100].rstrip('.')}).",
            "",
            "Save it as XLSX or CSV again.",
        ) from error

    said = f"{wording.count(errors, 'cell')} of the workbook with an error such as #N/A: read as empty."
    return workbook, [said] if errors else []


def _is_encrypted(source: Path) -> bool:
    """Whether the file is an Office container around an encrypted document."""
    return "EncryptedPackage".encode("utf-16-le") in source.read_bytes()


def _choose(
    workbook: CalamineWorkbook, titles: Sequence[str], wanted: str | None, name: str
) -> tuple[CalamineSheet, list[str]]:
    """The sheet asked for, else the first that is not empty."""
    if wanted is not None and wanted not in titles:
        raise UserProblem(f"There is no sheet {wording.quoted(wanted)}.", f"There are {wording.listed(titles)}.")
    for title in titles if wanted is None else [wanted]:
        sheet = workbook.get_sheet_by_name(title)
        if sheet.height and sheet.width:
            others = [other for other in titles if other != title]
            said = f"Read sheet {wording.quoted(title)}; not read: {wording.listed(others)}."
            return sheet, [said] if others else []
    raise UserProblem(f"The spreadsheet {wording.quoted(name)} is empty.", "A sheet with at least one row was wanted.")


def _rows(sheet: CalamineSheet, skip: int) -> Iterator[Row]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > skip:
            yield number, [_cell(value) for value in row]


def _chain(first: list[Row], rest: Iterator[Row]) -> Iterator[Row]:
    yield from first
    yield from rest


def _narrowed(rows: Sequence[Row], sheet: CalamineSheet) -> list[list[str]]:
    """Rows as wide as the sheet, but those that one merged area fills: they are titles above the table."""
    titles = {top for (top, left), (bottom, right) in sheet.merged_cell_ranges or [] if top == bottom and right > left}
    full = [row + [""] * (sheet.width - len(row)) for _, row in rows]
    whole = [number - 1 in titles and sum(map(bool, cells)) == 1 for (number, _), cells in zip(rows, full, strict=True)]
    return [[cells[0]] if title else cells for cells, title in zip(full, whole, strict=True)]


def _fitted(cells: list[str], head: Head) -> list[str]:
    return cells[: head.width] + [""] * (head.width - len(cells))


def _merged(sheet: CalamineSheet) -> list[str]:
    ranges = sheet.merged_cell_ranges or []
    return [f"{wording.count(len(ranges), 'merged area')}: only the first cell holds the value."] if ranges else []


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)
