"""JSON into a table: one record a line (JSONL), or an array of records (.json), streamed in bounded memory.

Numbers keep the spelling of the file, null is an empty cell, a list of plain values becomes `a|b`, and what is nested
deeper stays as JSON. Two passes: the first finds the columns, the second writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from core.data.reading import encoding, lines, wording
from core.data.reading.facts import TableFacts
from core.data.reading.head import column_names
from core.data.reading.options import ReadLimits, ReadOptions
from core.data.reading.writing import TableWriter
from core.errors import UserProblem

PIECE = 1 << 20
RECORD_LIMIT = 16_000_000  # characters of one record in an array


class Entry(NamedTuple):
    """A record and its number, or the reason why there is none."""

    number: int
    values: dict[str, Any] | None
    reason: str = ""
    raw: str = ""
    size: int = 0


class Twice(ValueError):
    """One name stands twice in a record."""


def read_json(
    source: Path, out: Path, folder: Path, name: str, kind: str, options: ReadOptions, limits: ReadLimits
) -> TableFacts:
    """Read JSON records into `out`; lines that are no record are rejected, a broken array is a `UserProblem`."""
    text = encoding.as_utf8(source, folder / "text.utf8", options.encoding)
    if kind == "jsonl":
        lines.census(text.path, limits)
    keys = _keys(text.path, kind, limits, name)
    _check_shape(text.path, kind, name)
    names, said = column_names(keys)
    unit = "line" if kind == "jsonl" else "record"
    with TableWriter(out, names, limits, unit) as writer:
        for entry in _entries(text.path, kind):
            if entry.values is None:
                writer.reject(entry.number, entry.reason, entry.raw)
            else:
                writer.add(entry.number, [_cell(entry.values.get(key)) for key in keys], entry.size)
    notes = [*text.notes, *said]
    if writer.mended:
        notes.append(f"{wording.count(writer.mended, 'cell')} held half a character; it is shown as ?.")
    return writer.facts(source, format=kind, encoding=text.encoding, bom=text.bom, notes=tuple(notes), numbering=unit)


def _keys(path: Path, kind: str, limits: ReadLimits, name: str) -> list[str]:
    """All names in the order they come up; raises `UserProblem` where there is not a single record."""
    keys: dict[str, None] = {}
    first: Entry | None = None
    for entry in _entries(path, kind):
        first = first or entry
        keys.update(dict.fromkeys(entry.values or ()))
        if len(keys) > limits.columns:
            raise UserProblem(
                f"The records of {wording.quoted(name)} have more than {limits.columns} different names.",
                f"At most {limits.columns} columns are read.",
            )
    if not keys:
        why = f" (line {first.number:,}: {first.reason})" if first and first.reason else ""
        raise UserProblem(
            f"{wording.quoted(name)} holds no JSON record{why}.",
            'Records such as {"text": "I hate pizza", "label": "negative"} were wanted, one a line or in an array.',
        )
    return list(keys)


def _check_shape(path: Path, kind: str, name: str) -> None:
    """Refuse a file that is one single record of whole columns."""
    some = [entry.values for entry, _ in zip(_entries(path, kind), range(2), strict=False)]
    if len(some) == 1 and some[0] and all(isinstance(value, dict | list) for value in some[0].values()):
        raise UserProblem(
            f"{wording.quoted(name)} holds one record that is made of lists: {wording.listed(list(some[0]))}.",
            'One record a row was wanted, such as {"text": "I hate pizza", "label": "negative"}.',
            'With pandas, write it by to_json(orient="records", lines=True).',
        )


def _entries(path: Path, kind: str) -> Iterator[Entry]:
    return _by_line(path) if kind == "jsonl" else _from_array(path)


def _by_line(path: Path) -> Iterator[Entry]:
    with lines.text_stream(path) as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield _entry(number, line)


def _entry(number: int, line: str) -> Entry:
    try:
        value = json.loads(line, object_pairs_hook=_record, parse_float=str, parse_int=str)
    except Twice as error:
        return Entry(number, None, str(error), line.strip())
    except RecursionError:
        return Entry(number, None, "nested too deeply", line.strip())
    except ValueError as error:
        return Entry(number, None, f"not valid JSON ({error.args[0].split(': line')[0]})", line.strip())
    if not isinstance(value, dict):
        return Entry(number, None, "not a record with names and values", line.strip())
    return Entry(number, value, size=len(line))


def _record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        names = [name for name, _ in pairs]
        raise Twice(f"the name {wording.quoted(next(name for name in names if names.count(name) > 1))} stands twice")
    return record


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(item, str) and "|" not in item for item in value):
        return "|".join(value)
    return json.dumps(value, ensure_ascii=False)


def _from_array(path: Path) -> Iterator[Entry]:
    """Records of an array, or one after the other, each decoded as soon as it is whole."""
    decoder = json.JSONDecoder(object_pairs_hook=_record, parse_float=str, parse_int=str)
    with lines.text_stream(path) as stream:
        buffer, number, line = "", 0, 1
        while True:
            body = buffer.lstrip(" \t\r\n,")
            if number == 0 and body[:1] == "[":
                body = body[1:].lstrip(" \t\r\n")
            line += buffer.count("\n", 0, len(buffer) - len(body))
            buffer = body
            if buffer[:1] == "]":
                return
            try:
                value, end = decoder.raw_decode(buffer)
                whole = end < len(buffer)
            except (ValueError, RecursionError) as error:
                value, end, whole, trouble = None, 0, False, error
            if not whole and (piece := stream.read(max(PIECE, len(buffer)))):
                buffer += piece
                continue
            if not buffer:
                return
            if not end or len(buffer) > RECORD_LIMIT and not whole:
                raise _broken(number + 1, line, trouble)
            number += 1
            yield _checked(number, value, buffer[:end])
            line += buffer.count("\n", 0, end)
            buffer = buffer[end:]


def _checked(number: int, value: Any, raw: str) -> Entry:
    if not isinstance(value, dict):
        return Entry(number, None, "not a record with names and values", raw)
    return Entry(number, value, size=len(raw))


def _broken(number: int, line: int, error: Exception) -> UserProblem:
    what = "it is nested too deeply" if isinstance(error, RecursionError) else str(error.args[0]).split(": line")[0]
    return UserProblem(
        f"Record {number:,}, which starts on line {line:,}, is not valid JSON ({what}).",
        "An array of records, or one record a line, was wanted.",
    )
