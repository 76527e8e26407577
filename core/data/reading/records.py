"""Records out of lines: the strict csv module, and a tolerant reading of only those records that break its rules.

A record that the csv module refuses (a quote that is not doubled, a quote that never closes) is taken back to its
first line; that line alone is read again with quotes that count only at the edges of cells. So one stray quote spoils
one line and never swallows the rest of a file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from core.data.reading.lines import BARE_CR, Lines

FIELD_LIMIT = 1_000_000  # characters; a quoted cell that goes on for longer is an unclosed quote
TRIES = 200  # cells of a broken line whose quote is tried as text
PART = "\x1f"  # stands for a delimiter of several characters, or for none
TRUE_PART = "\ue01f"  # stands for that character where the file has it itself
BACKSLASH = "\ue05c"  # stands for a backslash that is escaped itself


@dataclass(frozen=True)
class Dialect:
    """How cells are written: what parts them ("" = one cell a line), the quote ("" = none), \\" for a quote inside."""

    delimiter: str
    quotechar: str = '"'
    escaped: bool = False
    skip_blanks: bool = False
    columns: int | None = None

    bare_cr: bool = False
    width: int | None = None

    @property
    def part(self) -> str:
        """The one character that parts cells once a line is prepared."""
        return self.delimiter if len(self.delimiter) == 1 and self.columns is None else PART

    @property
    def quote(self) -> str:
        """The quote in force: none where lines are cut into a given number of cells."""
        return "" if self.columns is not None else self.quotechar

    def reader_options(self) -> dict[str, Any]:
        """Keywords for csv.reader."""
        options: dict[str, Any] = {"delimiter": self.part, "skipinitialspace": self.skip_blanks, "strict": True}
        if self.quote:
            return options | {"quotechar": self.quote}
        return options | {"quoting": csv.QUOTE_NONE}


class Record(NamedTuple):
    """Cells that start on `line`; `trouble` is None, or what was wrong with its quotes; `raw` its text then."""

    line: int
    cells: list[str]
    trouble: str | None = None
    raw: str = ""


def read(lines: Lines, dialect: Dialect) -> Iterator[Record]:
    """All records, blank lines as records without cells."""
    csv.field_size_limit(FIELD_LIMIT)
    options = dialect.reader_options()
    restore = _restorer(dialect)
    while True:
        reader = csv.reader(_prepared(lines, dialect), **options)
        start = lines.number + 1
        try:
            for cells in reader:
                yield Record(start, restore(cells) if restore else cells)
                lines.taken.clear()
                start = lines.number + 1
            return
        except csv.Error as error:
            yield _mend(lines, start, dialect, str(error))
            lines.taken.clear()


def _best_cells(line: str, dialect: Dialect) -> list[str]:
    """The cells of a broken line; where they are not as many as usual, one stray quote more is taken as text."""
    cells = cells_of(line, dialect)
    if dialect.width is None or len(cells) == dialect.width:
        return cells
    for place in range(min(len(cells), TRIES)):
        others = cells_of(line, dialect, literal=place)
        if len(others) == dialect.width:
            return others
    return cells


def cells_of(line: str, dialect: Dialect, literal: int | None = None) -> list[str]:
    """One line cut into cells; quotes count only at the edges of cells, and not in cell number `literal`."""
    text = _prepare(line.rstrip("\r\n"), dialect)
    cells: list[str] = []
    place = 0
    quoted = _quoted_cell(dialect)
    while True:
        cell, place = _cell(text, place, dialect, None if len(cells) == literal else quoted)
        cells.append(cell)
        if place >= len(text):
            break
        place += 1
        if place == len(text):
            cells.append("")
            break
    restore = _restorer(dialect)
    return restore(cells) if restore else cells


def _quoted_cell(dialect: Dialect) -> re.Pattern[str] | None:
    """A quoted cell whose quote closes only before a delimiter (blanks between allowed) or the end of the line."""
    if not dialect.quote:
        return None
    q, part = re.escape(dialect.quote), re.escape(dialect.part)
    return re.compile(f"{q}((?:[^{q}]|{q}{q}|{q}(?! *{part}|$))*+){q} *(?={part}|$)")


def _cell(text: str, place: int, dialect: Dialect, quoted: re.Pattern[str] | None) -> tuple[str, int]:
    if quoted and (match := quoted.match(text, place)):
        return match[1].replace(dialect.quote * 2, dialect.quote), match.end()
    end = text.find(dialect.part, place)
    end = len(text) if end < 0 else end
    return text[place:end], end


def _mend(lines: Lines, start: int, dialect: Dialect, error: str) -> Record:
    many = len(lines.taken)
    first = lines.keep_first()
    unclosed = "unexpected end" in error or "field larger" in error
    trouble = "a quote opens and does not close" if unclosed else "a quote inside a quoted cell is not doubled"
    if many > 1 and not unclosed:
        trouble = "a quote opens that does not close on this line, or a quote inside a cell is not doubled"
    return Record(start, _best_cells(first, dialect), trouble, first.rstrip("\r\n").replace(BARE_CR, "\r"))


def _prepared(lines: Lines, dialect: Dialect) -> Iterator[str]:
    if dialect.part == dialect.delimiter and not dialect.escaped:
        return iter(lines)
    return (_prepare(line, dialect) for line in lines)


def _prepare(line: str, dialect: Dialect) -> str:
    if dialect.part != dialect.delimiter:
        line = line.replace(PART, TRUE_PART)
    if dialect.columns is not None and dialect.delimiter:
        return line.replace(dialect.delimiter, PART, dialect.columns - 1)
    if len(dialect.delimiter) > 1:
        line = line.replace(dialect.delimiter, PART)
    if dialect.escaped:
        quote = dialect.quotechar
        line = line.replace("\\\\", BACKSLASH).replace("\\" + quote, quote * 2)
    return line


def _restorer(dialect: Dialect) -> Callable[[list[str]], list[str]] | None:
    """A function that puts back what stood in for awkward characters, None where nothing does."""
    swaps = [(BARE_CR, "\r")] if dialect.bare_cr else []
    if len(dialect.delimiter) > 1 and dialect.columns is None:
        swaps.append((PART, dialect.delimiter))
    if dialect.part != dialect.delimiter:
        swaps.append((TRUE_PART, PART))
    if dialect.escaped:
        swaps.append((BACKSLASH, "\\"))
    if not swaps:
        return None

    def restore(cells: list[str]) -> list[str]:
        for old, new in swaps:
            cells = [cell.replace(old, new) for cell in cells]
        return cells

    return restore
