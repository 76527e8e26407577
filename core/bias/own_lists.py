"""Word lists of a person's own, from a file: CSV (one word a row, or one column a set) or JSON as exports write it.

CSV: the columns set, role (target or attribute) and word, and test, language, source where wanted; or a column a set,
headed "target: NAME" or "attribute: NAME". Commas, semicolons, tabs or bars part the cells. Any encoding, any script.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core.bias import own_lists_table, typed_words
from core.bias.word_sets import WordSet, WordTest
from core.errors import UserProblem

LARGEST = 5_000_000  # bytes; a list of words is far smaller
SIDES = ("targets", "attributes")


def read(path: Path) -> list[WordTest]:
    """Every test of a file; UserProblem where it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError:
        raise UserProblem(f"{path.name} cannot be read.", "A text file is wanted.", "Name another file.") from None
    return of_bytes(data, path.name)[0]


def of_bytes(data: bytes, name: str) -> tuple[list[WordTest], tuple[str, ...]]:
    """Tests from a file's bytes, and what was guessed of its encoding."""
    from core.data.reading.encoding import as_utf8

    if len(data) > LARGEST:
        raise UserProblem(f"{name} is larger than 5 MB.", "A list of words is wanted.", "Choose another file.")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UserProblem(f"{name} is a workbook or an archive.", "CSV or JSON is wanted.", "Save the sheet as CSV.")
    with TemporaryDirectory() as folder:
        source = Path(folder) / "given"
        source.write_bytes(data)
        found = as_utf8(source, Path(folder) / "text", None)
        text = found.path.read_text(encoding="utf-8-sig")
    if "\0" in text:
        raise UserProblem(f"{name} is no text.", "CSV or JSON is wanted.", "Choose another file.")
    return of_text(text, name), found.notes


def of_text(text: str, name: str) -> list[WordTest]:
    """Tests from the text of a JSON or CSV file called `name`; UserProblem names the line and the column."""
    if not text.strip("\ufeff \t\r\n"):
        raise UserProblem(f"{name} is empty.", "CSV or JSON with words is wanted.", "Choose another file.")
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return _json(text.lstrip("\ufeff"), name)
    return own_lists_table.tests(text.lstrip("\ufeff"), name)


def _json(text: str, name: str) -> list[WordTest]:
    try:
        given = json.loads(text)
    except json.JSONDecodeError as problem:
        raise UserProblem(
            f"{name} is no JSON: {problem.msg} in line {problem.lineno}, column {problem.colno}.", "", "Mend it there."
        ) from None
    tests = given if isinstance(given, list) else given.get("lists", [given])
    if not isinstance(tests, list) or not tests or not all(isinstance(one, dict) and "targets" in one for one in tests):
        raise UserProblem(
            f"{name} holds no tests.", 'Objects like {"name": …, "targets": {"women": ["she", …]}, "attributes": {…}} '
            "are wanted.", "Mend it, or use CSV.",
        )  # fmt: skip
    return [_test(one, name, number) for number, one in enumerate(tests, start=1)]


def _test(given: Mapping[str, Any], name: str, number: int) -> WordTest:
    where = f"Test {number} of {name}"
    targets, attributes = (_sets(given.get(side) or {}, f"{where}, {side}") for side in SIDES)
    said = {key: str(given.get(key) or "") for key in ("name", "source", "language")}
    own = f"{Path(name).stem} {number}" if number > 1 else Path(name).stem
    return WordTest(said["name"] or own, targets, attributes, said["source"] or f"own list {name}", said["language"])


def _sets(given: Any, where: str) -> tuple[WordSet, ...]:
    if not isinstance(given, Mapping):
        raise UserProblem(f"{where}, is no object.", 'Names with words are wanted: {"women": ["she", "her"]}.', "")
    return tuple(
        WordSet(typed_words.clean(str(key)), _words(words, f"{where}, {key!r}")) for key, words in given.items()
    )


def _words(given: Any, where: str) -> tuple[str, ...]:
    if isinstance(given, str):
        return typed_words.words(given)
    if not isinstance(given, list) or not all(isinstance(word, str | int | float) for word in given):
        raise UserProblem(f"{where}, is no list of words.", 'Words in brackets are wanted: ["she", "her"].', "Mend it.")
    return tuple(word for word in (typed_words.clean(str(one)) for one in given) if word)
