"""The ways to write labelled sentences down: typed lines, a CSV file, the ready examples; and back into lines.

Typed: `sense: sentence with the [[word]]`, one a line. A line `# word` begins another word, whose senses compete only
with each other and whose sentences need no mark. A line without a sense takes part in clusters alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from core.errors import UserProblem
from core.inspection.senses.sheet import Labelled, Line, Sheet, sheet

LONGEST_SENSE = 60  # characters; what stands before a later colon is no sense but the sentence


def typed(text: str, word: str = "") -> Sheet:
    """Read typed lines; empty ones count but say nothing."""
    lines, heading = [], ""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#"):
            heading = line.lstrip("#").strip()
        elif line.strip():
            sense, sentence = _split(line.strip())
            lines.append(Line(f"line {number}", sense, sentence, heading))
    return sheet(lines, word)


def _split(line: str) -> tuple[str, str]:
    before, colon, after = line.partition(":")
    if not colon or len(before) > LONGEST_SENSE or "[[" in before:
        return "", line
    return before.strip(), after.strip()


def table(rows: Iterable[Mapping[str, object]], word: str = "", first: int = 1) -> Sheet:
    """Read rows of columns sense and sentence, and where they are there word, start and end (end excluded)."""
    lines, wrong = [], []
    for number, row in enumerate(rows, start=first):
        sense, sentence, own = (_cell(row.get(name)) for name in ("sense", "sentence", "word"))
        if not (sense or sentence):
            continue
        try:
            lines.append(Line(f"row {number}", sense, sentence, own.strip(), _span(row)))
        except ValueError:
            wrong.append(f"row {number}: start and end must be whole numbers, or both empty.")
    found = sheet(lines, word)
    return Sheet(found.rows, (*wrong, *found.problems), found.notes)


def _cell(value: object) -> str:
    return "" if value is None or value != value else str(value)


def _span(row: Mapping[str, object]) -> tuple[int, int] | None:
    cells = [_cell(row.get(name)).strip() for name in ("start", "end")]
    return (int(cells[0]), int(cells[1])) if any(cells) else None


def csv_file(data: bytes, word: str = "") -> Sheet:
    """Read a CSV in UTF-8 with a head of columns sense and sentence (and word, start, end); comma, semicolon or tab."""
    text = _decoded(data)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
        rows = list(reader)
    except csv.Error as problem:
        raise UserProblem(f"The file cannot be read as CSV: {problem}.", "", "Save it as CSV again.") from problem
    names = [str(name).strip().lower() for name in reader.fieldnames or ()]
    if not {"sense", "sentence"} <= set(names):
        raise UserProblem(
            f"The file's first line names {', '.join(names[:8]) or 'nothing'}.",
            "Columns sense and sentence were wanted.", "Name them in the first line; start, end, word may follow.",
        )  # fmt: skip
    renamed = [{str(key).strip().lower(): value for key, value in row.items() if key} for row in rows]
    return table(renamed, word, first=2)


def typed_file(data: bytes, word: str = "") -> Sheet:
    """Read typed lines of a file in UTF-8."""
    return typed(_decoded(data), word)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UserProblem("The file is not in UTF-8.", "A file in UTF-8 was wanted.", "Save it so again.") from problem


def lines(rows: Sequence[Labelled]) -> str:
    """Rows as typed lines that `typed` reads back; the word's heading stands before its sentences."""
    out: list[str] = []
    for number, row in enumerate(rows):
        if not number or rows[number - 1].word != row.word:
            out.append(f"# {row.word}")
        out.append((f"{row.sense}: " if row.sense else "") + marked(row))
    return "\n".join(out)


def marked(row: Labelled) -> str:
    """The sentence on one line with its word in double brackets."""
    one = row.occurrence
    shown = f"{one.text[: one.start]}[[{one.word}]]{one.text[one.end :]}"
    return " ".join(shown.split())


def examples(words: Sequence[str]) -> Sheet:
    """The ready examples of these words."""
    from core.inspection.homonym_examples import occurrences

    return Sheet(tuple(Labelled(word, sense, one) for word in words for one, sense in occurrences(word)))
