"""A view as rows of a table: in short for the eye, in full for a file."""

from __future__ import annotations

from core.inspection.attention.view import View

SUMMARY = ("number", "text", "from", "looks most at", "weight", "to special pieces not shown", "to words not shown")
FULL = ("number", "text", "from", "to special pieces not shown", "to words not shown")
Row = list[object]


def summary(view: View) -> list[Row]:
    """A row for each word: its number in the input, its text (1 or 2), its strongest target, what is not drawn."""
    rows: list[Row] = []
    for place, (number, unit) in enumerate(zip(view.row_places.tolist(), view.rows, strict=True)):
        target, weight = view.strongest(place)
        unseen = (float(view.to_specials[place]), float(view.elsewhere[place]))
        rows.append([number, unit.part + 1, unit.text, target.text, weight, *unseen])
    return rows


def full(view: View) -> tuple[list[str], list[Row]]:
    """Headers and rows of all weights: a column for each word looked at, named by its number and its characters."""
    named = zip(view.column_places.tolist(), view.columns, strict=True)
    headers = [*FULL, *(f"{number} {unit.text}" for number, unit in named)]
    unseen = zip(view.to_specials.tolist(), view.elsewhere.tolist(), strict=True)
    rows: list[Row] = [
        [number, unit.part + 1, unit.text, *hidden, *weights]
        for number, unit, hidden, weights in zip(
            view.row_places.tolist(), view.rows, unseen, view.weights.tolist(), strict=True
        )
    ]
    return headers, rows
