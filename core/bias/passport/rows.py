"""A passport as rows for a spreadsheet: one a figure, headline first, no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from core.bias import told
from core.bias.found import Figure
from core.bias.passport.document import FAMILIES, Line, Passport
from core.data.spreadsheet import guarded

MARK = "\ufeff"  # tells spreadsheets that the file is UTF-8


def rows(passport: Passport) -> list[dict[str, Any]]:
    """Every figure of every line, then what has not been measured, without a value."""
    found = [
        {**_figure(passport.model, line, one), "headline": "yes" if one is line.headline else "no"}
        for line in passport.lines
        for one in (line.headline, *line.figures)
    ]
    for one in passport.missing:
        found.append({"model": passport.model, "family": FAMILIES.get(one.family, one.family), "measure": one.title,
                      "note": one.why or "not measured"})  # fmt: skip
    return found


def written(passport: Passport) -> bytes:
    """The rows as CSV."""
    found = rows(passport)
    names = list(dict.fromkeys(name for row in found for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: guarded(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
                     for row in found)  # fmt: skip
    return (MARK + out.getvalue()).encode("utf-8")


def _figure(model: str, line: Line, one: Figure) -> dict[str, Any]:
    return {
        "model": model, "family": FAMILIES.get(line.family, line.family), "measure": line.title, "inputs": line.inputs,
        "figure": one.title, "value": one.value, "low": one.low, "high": one.high, "interval": one.interval,
        "neutral": one.neutral, "n": one.n, "of": one.of, **_chance(one),
        "direction": line.direction if one is line.headline else "", "note": one.note, "sample": line.sample,
        **(_changes(line) if one is line.headline else {}),
        "says": line.says, "does not say": " ".join(f"{each.sentence} ({each.source})" for each in line.criticisms),
        "source": line.source, "inputs from": line.inputs_source, "notes": " ".join(line.warnings),
        "lost": "; ".join(f"{name}: {', '.join(words)}" for name, words in line.lost.items()),
        "settings": json.dumps(dict(line.settings), ensure_ascii=False), "seed": line.settings.get("seed", ""),
        "measured at": line.measured_at, "measured by": line.measured_by, "result": line.result,
    }  # fmt: skip


def _chance(one: Figure) -> dict[str, Any]:
    chance = one.chance
    if chance is None:
        return {"p": None, "p after Holm": None, "p how": ""}
    return {"p": chance.p, "p after Holm": chance.adjusted, "p how": told.chance(chance)}


def _changes(line: Line) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in line.changes:
        said = one.difference
        found |= {
            f"{one.role}": one.against, f"difference to {one.role}": said.value,
            f"difference to {one.role}, low": said.low, f"difference to {one.role}, high": said.high,
            f"difference to {one.role}, how": said.how,
        }  # fmt: skip
    return found
