"""A Word document (.docx): paragraphs and the cells of tables in their order, one a line.

Read with python-docx. Headers, footers, footnotes and comments are no part of the running text and are left out,
which a note tells where there are any.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from core.data.corpus.extraction.contract import Format, Given, Text
from core.data.corpus.extraction.limits import UNPACKED
from core.data.corpus.options import CorpusOptions
from core.data.reading.unpacking import check_spreadsheet
from core.errors import UserProblem

MARKS = {
    b"w:footnoteReference": "footnotes",
    b"w:endnoteReference": "endnotes",
    b"w:commentReference": "comments",
    b"w:headerReference": "headers",
    b"w:footerReference": "footers",
}


def read(given: Given, options: CorpusOptions) -> Text:
    """The running text, one paragraph a line."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    left_out = _left_out(given)
    try:
        document = Document(str(given.path))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise UserProblem("The Word document is damaged.", "", "Save it again as .docx.") from error
    path = given.folder / "text.txt"
    with path.open("w", encoding="utf-8", errors="replace") as out:
        for line in _lines(document):
            out.write(line + "\n")
    notes = (f"Not taken: {', '.join(left_out)}.",) if left_out else ()
    return Text(path, wrapped=False, notes=notes)


def _lines(document: Any) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield from block.text.split("\n")


def _rows(table: Any) -> Iterator[str]:
    """The cells of a table, each on a line of its own; merged cells once."""
    seen: set[Any] = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                yield from (line for part in cell.paragraphs for line in part.text.split("\n"))


def _left_out(given: Given) -> list[str]:
    try:
        with zipfile.ZipFile(given.path) as archive:
            check_spreadsheet(archive, UNPACKED, given.name)
            text = archive.read("word/document.xml")
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        raise UserProblem("The Word document is damaged.", "", "Save it again as .docx.") from error
    return [name for mark, name in MARKS.items() if mark in text]


FORMAT = Format("docx", "Word document", read)
