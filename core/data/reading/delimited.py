"""Delimited text (CSV, TSV and their kin) into a table: lines, dialect, head, then every record or a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from core.data.reading import encoding, lines, wording
from core.data.reading.facts import TableFacts
from core.data.reading.head import Head, read_head
from core.data.reading.layout import Layout, find_layout
from core.data.reading.lines import Census, Lines
from core.data.reading.options import ReadLimits, ReadOptions
from core.data.reading.records import Dialect, Record, read
from core.data.reading.writing import TableWriter
from core.errors import UserProblem

HEAD_RECORDS = 1_000
HEAD_CHARACTERS = 4_000_000
COMMENT = "a comment line"
HOPELESS = 10  # records; with more rejected than kept among at least so many, the dialect was wrong


@dataclass
class Tally:
    """What happened on the way that the notes tell: how often, and the first line."""

    counts: dict[str, int] = field(default_factory=dict)
    firsts: dict[str, int] = field(default_factory=dict)

    def see(self, what: str, line: int) -> None:
        """Count one occurrence on a line."""
        self.counts[what] = self.counts.get(what, 0) + 1
        self.firsts.setdefault(what, line)

    def note(self, what: str, one: str, many: str) -> list[str]:
        """A sentence with the count and the first line, where there was any."""
        number = self.counts.get(what, 0)
        return [f"{wording.count(number, one, many)}, first on line {self.firsts[what]:,}."] if number else []


def read_delimited(
    source: Path, out: Path, folder: Path, name: str, options: ReadOptions, limits: ReadLimits
) -> TableFacts:
    """Read a delimited text into `out`; `size` and notes on unpacking are the caller's to add."""
    text = encoding.as_utf8(source, folder / "text.utf8", options.encoding)
    counted = lines.census(text.path, limits)
    layout = find_layout(text.path, counted, name, options)
    with lines.opened(text.path, layout.end, counted) as source_lines:
        head, records = _head(source_lines, layout, options)
        if not head.names:
            raise UserProblem(
                f"{wording.quoted(name)} has no row left after {wording.count(layout.passed, 'line')}.",
                "A table with at least one row was wanted.",
                "Leave out fewer lines.",
            )
        tally = Tally()
        with TableWriter(out, head.names, limits) as writer:
            _fill(writer, records, head, layout.dialect, source_lines, tally)
    _check_hope(writer, layout.dialect)
    notes = (
        *text.notes,
        *_line_notes(text.path, counted, layout.end),
        *layout.notes,
        *head.notes,
        *_notes(tally, writer),
    )
    return writer.facts(
        source,
        format="tsv" if layout.dialect.delimiter == "\t" else "csv",
        encoding=text.encoding,
        bom=text.bom,
        delimiter=layout.dialect.delimiter or None,
        quotechar=layout.dialect.quote,
        header=head.header,
        notes=notes,
    )


def _head(source: Lines, layout: Layout, options: ReadOptions) -> tuple[Head, Iterator[Record]]:
    """The head of the table, and all its records from the first row on."""
    for _ in zip(range(layout.passed), source, strict=False):
        source.taken.clear()
    stream = read(source, layout.dialect)
    first: list[Record] = []
    room = HEAD_CHARACTERS
    for record in stream:
        first.append(record)
        room -= sum(map(len, source.taken))
        if len(first) >= HEAD_RECORDS or room < 0:
            break
    filled = [place for place, record in enumerate(first) if not _is_blank(record.cells)]
    head = read_head([first[place].cells for place in filled], options.header, options.skip_lines)
    start = head.skipped + head.header
    left_out = set(filled[:start])
    return head, chain((record for place, record in enumerate(first) if place not in left_out), stream)


QUOTED_NOTHING = [""]  # what a line of two quotes holds; a blank line has no cells at all


def _is_blank(cells: Sequence[str]) -> bool:
    return not cells or (len(cells) == 1 and not cells[0].strip(" \t\x1a\r\n"))


def _fill(
    writer: TableWriter, records: Iterator[Record], head: Head, dialect: Dialect, source: Lines, tally: Tally
) -> None:
    width = head.width
    for record in records:
        line, cells, trouble, _ = record
        if head.comments and cells and cells[0].lstrip().startswith("#"):
            writer.reject(line, COMMENT, dialect.delimiter.join(cells))
        elif len(cells) == width and trouble is None and (width > 1 or cells == QUOTED_NOTHING or not _is_blank(cells)):
            taken = source.taken
            writer.add(line, cells, len(taken[0]) if len(taken) == 1 else sum(map(len, taken)))
        elif _is_blank(cells):
            tally.see("blank", line)
        else:
            _settle(writer, record, head, dialect, source, tally)


def _settle(writer: TableWriter, record: Record, head: Head, dialect: Dialect, source: Lines, tally: Tally) -> None:
    """Find what can be done with a record that does not fit as it is."""
    line, cells, trouble, raw = record
    width = head.width
    raw = raw or dialect.delimiter.join(cells)
    if len(cells) < width and len(cells) in head.accepted:
        tally.see("short", line)
        writer.add(line, [*cells, *[""] * (width - len(cells))], len(raw))
    elif len(cells) != width:
        found = f"{wording.count(len(cells), 'cell')} where {width} {'was' if width == 1 else 'were'} wanted"
        writer.reject(line, f"{trouble}: {found}" if trouble else found, raw)
    else:
        tally.see("quotes", line)
        writer.add(line, cells, len(raw))


def _check_hope(writer: TableWriter, dialect: Dialect) -> None:
    misfits = [row for row in writer.rejected if row.reason != COMMENT]
    wrong, right = len(misfits), writer.rows
    if wrong > right and wrong + right >= HOPELESS:
        first = min(misfits, key=lambda row: row.line)
        raise UserProblem(
            f"{wrong:,} of {wrong + right:,} lines do not fit the table (delimiter {wording.sign(dialect.delimiter)}), "
            f"the first is line {first.line:,}: {first.reason}.",
            "",
            "Choose another delimiter or quote, or mend the file.",
        )


def _line_notes(path: Path, counted: Census, end: str) -> list[str]:
    notes = []
    if counted.nuls:
        first = lines.first_with(path, b"\0")
        notes.append(f"{wording.count(counted.nuls, 'NUL character')} left out, first on line {first:,}.")
    if counted.bare and end == "\n":
        notes.append(f"{wording.count(counted.bare, 'carriage return')} inside cells kept as text.")
    if end == "\r":
        notes.append("Lines end with a carriage return alone.")
    if end == "":
        notes.append("Line ends are mixed.")
    return notes


def _notes(tally: Tally, writer: TableWriter) -> list[str]:
    notes = tally.note("blank", "blank line left out", "blank lines left out")
    notes += tally.note("short", "row was filled up with empty cells", "rows were filled up with empty cells")
    notes += tally.note(
        "quotes",
        "row breaks the rules of quotes and was read with the quotes as text",
        "rows break the rules of quotes and were read with the quotes as text",
    )
    if not writer.rows and not writer.rejected:
        notes.append("The file has a header and no rows.")
    return notes
