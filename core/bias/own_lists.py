"""Word lists of a person's own: a CSV with the columns set, role, word (and test), or JSON as exports write it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from core.bias.word_sets import WordTest
from core.errors import UserProblem

ROLES = ("target", "attribute")


def read(path: Path) -> list[WordTest]:
    """Every test of a file; UserProblem where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UserProblem(
            f"{path.name} cannot be read.", "A UTF-8 text file is wanted.", "Name another file."
        ) from None
    return of_text(text, path.name)


def of_text(text: str, name: str) -> list[WordTest]:
    """Tests from the text of a JSON or CSV file called `name`."""
    return _json(text, name) if text.lstrip().startswith(("{", "[")) else _csv(text, name)


def _json(text: str, name: str) -> list[WordTest]:
    try:
        given = json.loads(text)
    except json.JSONDecodeError as problem:
        raise UserProblem(f"{name} is no JSON: {problem.msg} in line {problem.lineno}.", "", "Mend it.") from None
    tests = given if isinstance(given, list) else [given]
    if not all(isinstance(one, dict) for one in tests):
        raise UserProblem(f"{name} holds no tests.", "Objects with targets and attributes are wanted.", "Mend it.")
    return [WordTest.from_json({"name": name, "source": f"own list {name}", **one}) for one in tests]


def _csv(text: str, name: str) -> list[WordTest]:
    rows = list(csv.DictReader(io.StringIO(text)))
    fields = {str(field).strip().lower() for field in (rows[0] if rows else {})}
    if not {"set", "role", "word"} <= fields:
        raise UserProblem(
            f"{name} has the columns {', '.join(sorted(fields)) or 'none'}.",
            "set, role (target or attribute) and word are wanted.", "Name the columns so, one word a row.",
        )  # fmt: skip
    tests: dict[str, dict[str, Any]] = {}
    for number, raw in enumerate(rows, start=2):
        row = {str(key).strip().lower(): (value or "").strip() for key, value in raw.items() if key is not None}
        role = row["role"].lower().rstrip("s")
        if role not in ROLES:
            raise UserProblem(f"Line {number} of {name} has the role {row['role']!r}.", "It is target or attribute.")
        test = tests.setdefault(row.get("test") or name, {"targets": {}, "attributes": {}})
        test[f"{role}s"].setdefault(row["set"], []).append(row["word"])
    return [WordTest.from_json({"name": key, "source": f"own list {name}", **one}) for key, one in tests.items()]
