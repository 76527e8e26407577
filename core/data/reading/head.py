"""Where the table starts, whether its first record is a header, how wide it is, and what its columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.data.reading import wording
from core.data.reading.facts import LINE_COLUMN

PREAMBLE = 30  # records within which a header must come
KNOWN = frozenset(
    """id text label labels sentence sentences review reviews category class sentiment topic intent target message body
    comment content title description name date question answer tweet tag score rating split group weight index
    text_a text_b v1 v2""".split()  # noqa: SIM905
)
LONGEST_NAME = 200  # characters
FAR_TOO_MANY = 2_000  # columns
NUMBER = re.compile(r"[-+]?[$€£]?[\d.,:/\-]*\d[\d.,:/\-]*(e[-+]?\d+)?\s*%?", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """How many records stand before the table, whether a header follows, its names, the width, and widths accepted."""

    skipped: int
    header: bool
    names: tuple[str, ...]
    accepted: frozenset[int]
    notes: tuple[str, ...]
    comments: bool = False

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.names)


def read_head(records: Sequence[Sequence[str]], header: bool | None, skip: int | None, unit: str = "line") -> Head:
    """The head of a table whose first records (blank ones left out) are `records`; overrides are followed."""
    comments_first = bool(records) and records[0][0].lstrip().startswith("#")
    counted = [record for record in records if not record[0].lstrip().startswith("#")] if comments_first else records
    usual, share = _usual_width(counted or records)
    skipped = _preamble(records, usual) if skip is None else 0
    notes, comments = _preamble_notes(records[:skipped], unit)
    table = records[skipped:]
    is_header = looks_like_header(table) if header is None else header
    if not table:
        return Head(skipped, False, (), frozenset(), tuple(notes))
    first = table[0]
    if not is_header:
        width = usual
        return Head(skipped, False, _unnamed(width), frozenset({width}), tuple(notes), comments)
    width = max(len(first), usual) if share >= 0.9 else len(first)
    names, said = column_names([*first, *[""] * (width - len(first))])
    if len(first) < width:
        said.append(f"The header has {wording.count(len(first), 'name')}, the rows have {width} cells.")
    return Head(skipped, True, names, frozenset({width, usual} if share >= 0.9 else {width}), (*notes, *said), comments)


def _usual_width(records: Sequence[Sequence[str]]) -> tuple[int, float]:
    """The commonest width (of equals the first to come) and its share among all but the first record."""
    widths = Counter(len(record) for record in records)
    usual = max(widths, key=lambda width: widths[width], default=0)
    below = [len(record) for record in records[1:]]
    return usual, sum(width == usual for width in below) / max(len(below), 1)


def _preamble(records: Sequence[Sequence[str]], usual: int) -> int:
    """How many records stand before the table: comments, titles, blank cells, narrower than what follows."""
    if usual < 2:
        return 0
    place = next((place for place, record in enumerate(records[:PREAMBLE]) if len(record) == usual), 0)
    rest = records[place:]
    if place and all(len(record) < usual for record in records[:place]) and _holds(rest, usual):
        return place
    for place, record in enumerate(records[:PREAMBLE]):
        if not _is_preamble(record, usual):
            return place if sum(bool(cell.strip()) for cell in record) > 1 else 0
    return 0


def _holds(table: Sequence[Sequence[str]], usual: int) -> bool:
    """Whether a table of constant width with a clear header starts here."""
    constant = sum(len(record) == usual for record in table) >= 0.9 * len(table)
    return len(table) > 1 and constant and looks_like_header(table, above=0.0)


def _is_preamble(record: Sequence[str], usual: int) -> bool:
    """A comment, a single cell, blank cells only, or one filled cell where three or more are usual."""
    if record[0].lstrip()[:1] == "#" and len(record) != usual:
        return True
    filled = sum(bool(cell.strip()) for cell in record)
    return len(record) == 1 or filled == 0 or (filled == 1 and usual > 2)


def _preamble_notes(records: Sequence[Sequence[str]], unit: str) -> tuple[list[str], bool]:
    if not records:
        return [], False
    shown = wording.listed([wording.quoted(" ".join(filter(None, record))) for record in records if any(record)], 3)
    text = f"{wording.count(len(records), unit)} before the table left out"
    return [f"{text}: {shown}." if shown else f"{text}, without a word."], any(
        record[0].lstrip().startswith("#") for record in records
    )


def _unnamed(width: int) -> tuple[str, ...]:
    return tuple(f"column_{place}" for place in range(1, width + 1))


def column_names(cells: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Names without blanks at their ends, all different, and sentences on what was changed."""
    if len(cells) > FAR_TOO_MANY:  # the writer refuses them in a moment
        return _unnamed(len(cells)), []
    names: list[str] = []
    unnamed, doubled, trimmed, cut = [], [], 0, 0
    for place, cell in enumerate(cells, start=1):
        name = " ".join(cell.encode("utf-8", "replace").decode().split())
        trimmed += name != cell and bool(name)
        cut += len(name) > LONGEST_NAME
        name = name[:LONGEST_NAME]
        if not name:
            name = f"column_{place}"
            unnamed.append(name)
        if name in names or name == LINE_COLUMN:
            doubled.append(name)
            name = next(
                new for new in (f"{name}_{n}" for n in range(2, 10_000)) if new not in names and new not in cells
            )
        names.append(name)
    notes = []
    if unnamed:
        notes.append(f"{wording.count(len(unnamed), 'column')} without a name: now {wording.listed(unnamed)}.")
    if doubled:
        shown = wording.listed([wording.quoted(name) for name in doubled])
        notes.append(f"Column names that occur twice got a number: {shown}.")
    if trimmed:
        notes.append(f"Blanks were trimmed from {wording.count(trimmed, 'column name')}.")
    if cut:
        notes.append(f"{wording.count(cut, 'column name')} cut to {LONGEST_NAME} characters.")
    return tuple(names), notes


def looks_like_header(table: Sequence[Sequence[str]], above: float = -0.01) -> bool:
    """Whether the first record names the columns: it differs in kind from what stands below it."""
    if not table:
        return False
    if any(len(cell) > LONGEST_NAME for cell in table[0]):
        return False
    first, rest = list(table[0]), [list(row) for row in table[1:500] if len(row) == len(table[0])]
    if first in rest[:3] and any(row != first for row in rest) and not any(map(_is_number, first)):
        return True
    if not rest:
        return not any(_is_number(cell) for cell in first) and not _is_sentence(first)
    votes = sum(_vote(cell, [row[place] for row in rest]) for place, cell in enumerate(first))
    return votes - (2 * sum(not cell.strip() for cell in first) > len(first)) > above


def _vote(name: str, below: Sequence[str]) -> float:
    """Above 0 where `name` heads the column `below`, under 0 where it is one of its values."""
    name, filled = name.strip(), [cell.strip() for cell in below if cell.strip()]
    if not filled or not name:
        return 0.0
    score = 1.0 if name.lower() in KNOWN else 0.0
    numbers = sum(map(_is_number, filled)) / len(filled)
    if _is_number(name):
        score -= 2.0 * (numbers > 0.5 and any(_shape(cell) == _shape(name) for cell in filled))
    elif numbers > 0.9:
        score += 2.0
    score -= 2.0 * (len(filled) >= 5 and sum(cell == name for cell in filled) >= 0.02 * len(filled))
    score += _length_vote(name, filled)
    if len(filled) > 1 and re.search(r"\d", name):
        score -= 2.0 * (sum(_shape(cell) == _shape(name) for cell in filled) >= 0.8 * len(filled))
    return score


def _length_vote(name: str, filled: Sequence[str]) -> float:
    if len(name.split()) > 4 and re.search(r"[.!?;:,]( |$)", name):
        return -1.0
    mean = sum(map(len, filled)) / len(filled)
    if mean < 25:
        return 0.0
    if len(name) <= 25 and len(name.split()) <= 4 and len(name) < 0.5 * mean:
        return 0.75
    return -1.0 if len(name) > 40 and len(name.split()) > 5 else 0.0


def _is_number(cell: str) -> bool:
    return len(cell) < 40 and (bool(NUMBER.fullmatch(cell.strip())) or cell.strip().upper() in ("TRUE", "FALSE"))


def _is_sentence(cells: Sequence[str]) -> bool:
    return any(len(cell) > 60 and len(cell.split()) > 8 for cell in cells)


def _shape(cell: str) -> str:
    """Letters as a, digits as 9, runs as one; a point or comma between digits is part of the number."""
    cell = re.sub(r"(?<=\d)[.,](?=\d)", "", cell)
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", cell))
