"""Word lists in a table: one word a row with its set and role, or one column a set."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from core.bias import typed_words
from core.bias.word_sets import WordSet, WordTest
from core.data.reading.dialect import sep_line
from core.errors import UserProblem

DELIMITERS = (",", ";", "\t", "|")
NAMES = {"group": "set", "words": "word", "term": "word", "list": "test", "kind": "role", "type": "role"}
ROLES = {"target": "targets", "attribute": "attributes", "x": "targets", "y": "targets", "a": "attributes",
         "b": "attributes"}  # fmt: skip
BEFORE = re.compile(r"^(target|attribute)s?\s*[:=–-]\s*(.+)$", re.IGNORECASE)
BEHIND = re.compile(r"^(.+?)\s*[(\[](target|attribute)s?[)\]]$", re.IGNORECASE)
GUARDED = re.compile(r"^'(?=[=+\-@])")  # the apostrophe that files for spreadsheets carry
WANTED = 'The columns set, role and word are wanted, or one column a set headed "target: NAME" or "attribute: NAME".'

Row = tuple[int, list[str]]


def tests(text: str, name: str) -> list[WordTest]:
    """Tests from a delimited text; UserProblem names the line and the column."""
    rows = list(_rows(text))
    (number, heading), body = rows[0], rows[1:]
    known = [NAMES.get(title.lower(), title.lower()) for title in heading]
    for line, cells in body:
        if len(cells) > len(heading) and any(cells[len(heading) :]):
            raise UserProblem(
                f"Line {line} of {name} has {len(cells)} cells, the heading has {len(heading)}.", "",
                "Put a word with a comma in it in quotes.",
            )  # fmt: skip
    if {"set", "role", "word"} <= set(known):
        return _long(known, body, name)
    return [_wide(heading, body, name, number)]


def _rows(text: str) -> Iterator[Row]:
    """Line number and cells of each row that is not blank."""
    lines = text.splitlines(keepends=True)
    named, skipped = sep_line(lines), 0
    if named:
        lines, skipped = lines[1:], 1
    first = next((line for line in lines if line.strip()), "")
    delimiter = named or max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO("".join(lines)), delimiter=delimiter, skipinitialspace=True)
    for cells in reader:
        clean = [typed_words.clean(GUARDED.sub("", cell)) for cell in cells]
        if any(clean):
            yield reader.line_num + skipped, clean


def _long(columns: Sequence[str], rows: Sequence[Row], name: str) -> list[WordTest]:
    found: dict[str, dict[str, Any]] = {}
    for line, cells in rows:
        row = dict(zip(columns, cells, strict=False))
        side = ROLES.get((row.get("role") or "").lower().removesuffix("s"))
        if side is None:
            raise _wrong(line, "role", name, row.get("role"), "It is target or attribute.")
        for column in ("set", "word"):
            if not row.get(column):
                raise _wrong(line, column, name, row.get(column), "Every row needs its set and its word.")
        test = found.setdefault(row.get("test") or Path(name).stem, {"targets": {}, "attributes": {}})
        test[side].setdefault(row["set"], []).append(row["word"])
        test |= {key: row[key] for key in ("language", "source") if row.get(key)}
    if not found:
        raise UserProblem(f"{name} has a heading and no words.", WANTED, "Add a row for each word.")
    return [_made(key, one, name) for key, one in found.items()]


def _wide(heading: Sequence[str], rows: Sequence[Row], name: str, number: int) -> WordTest:
    sides: dict[str, dict[str, list[str]]] = {"targets": {}, "attributes": {}}
    for place, title in enumerate(heading):
        words = [word for _, cells in rows for word in cells[place : place + 1] if word]
        found = _role(title)
        if found is None and (title or words):
            raise UserProblem(
                f"Column {place + 1} of {name} is called {title!r} in line {number}.", WANTED, "Name it so."
            )
        if found is not None:
            sides[found[0]].setdefault(found[1], []).extend(words)
    return _made(Path(name).stem, sides, name)


def _role(title: str) -> tuple[str, str] | None:
    """Side and name that a column's title says."""
    before, behind = BEFORE.match(title), BEHIND.match(title)
    role, name = before.groups() if before else behind.groups()[::-1] if behind else ("", "")
    return (ROLES[role.lower()], name.strip()) if name else None


def _made(key: str, one: Mapping[str, Any], name: str) -> WordTest:
    def made(side: str) -> tuple[WordSet, ...]:
        return tuple(WordSet(title, tuple(words)) for title, words in one[side].items())

    return WordTest(
        key, made("targets"), made("attributes"), one.get("source") or f"own list {name}", one.get("language") or ""
    )


def _wrong(line: int, column: str, name: str, held: str | None, wanted: str) -> UserProblem:
    return UserProblem(f'Line {line} of {name} has {held or ""!r} in the column "{column}".', wanted, "Mend it there.")
