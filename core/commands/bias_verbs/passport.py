"""`bias passport`: everything that was measured on a model version, as text, JSON, CSV or a section of a model card."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from core.commands.answer import Answer, table
from core.commands.options import Verbs, verb, workspace
from core.errors import UserProblem

if TYPE_CHECKING:
    from core.bias.passport.document import Line, Passport


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "passport", "Everything that was measured on a model version, and what was not.", passport)
    parser.add_argument("--model", required=True, metavar="MODEL", help="name, name/3 or name@alias")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write a row for every figure")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write it as a section of a model card")


def passport(asked: argparse.Namespace) -> Answer:
    """Read, write what was asked for, tell."""
    from core.bias.passport import markdown, rows
    from core.jobs import passports

    found = passports.passport(workspace(), asked.model)
    files: dict[Path | None, bytes] = {}
    if asked.csv:
        files[asked.csv] = rows.written(found)
    if asked.markdown:
        files[asked.markdown] = markdown.section(found).encode() + b"\n"
    told = [_write(place, data) for place, data in files.items() if place]
    return Answer(found.to_json(), "\n\n".join([text(found), *told]))


def text(found: Passport) -> str:
    """One line a result, its differences below, and what was not measured."""
    from core.bias.passport.document import STATEMENT

    headers = ("measure", "inputs", "value [interval]", "neutral", "p", "n", "reads as")
    shown = table(headers, [_row(line) for line in found.lines], f"Nothing has been measured on {found.model} yet.")
    changes = [f"{line.name}: {one.said}" for line in found.lines for one in line.changes]
    left = [one.title for one in found.missing if not one.why]
    missing = f"Not measured: {', '.join(left)}." if left else ""
    parts = (f"{found.model}\n{STATEMENT}", found.made, shown, "\n".join(changes), missing)
    return "\n\n".join(part for part in parts if part)


def _row(line: Line) -> tuple[str, ...]:
    from core.bias import told

    head, chance = line.headline, line.headline.chance
    p = "" if chance is None else told.p_value(chance.p)
    neutral = "" if head.neutral is None else f"{head.neutral:g}"
    return line.title, line.inputs, told.figure(head), neutral, p, told.measured_on(head), line.direction


def _write(place: Path, data: bytes) -> str:
    try:
        place.write_bytes(data)
    except OSError as problem:
        raise UserProblem(f"{place} cannot be written ({problem.strerror}).", "", "Name another file.") from problem
    return f"Written: {place}"
