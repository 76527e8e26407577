"""One head as a matrix: from the words on the left to the words above.

Up to SIDE rows and columns are drawn cell by cell, with words at all of them. More become one picture of 8 bits a cell
with words where there is room, so that 512 pieces stay far below 1 MB.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.inspection.attention.image import address
from core.inspection.attention.view import View
from core.inspection.attention.words import Unit

SIDE = 60
LETTERS = 24  # of a word that a chart carries
AMBER = (190, 112, 32)  # is seen on white and on black
PIXELS = 640  # of a side of a large matrix
NAMES = 40  # at most, along a side of a large matrix
SCALE = (
    "From the words on the left to the words above. The shade follows the square root of the weight, up to the largest "
    "that is drawn."
)
FULL = (
    "From the words on the left to the words above; names stand where there is room. The shade follows the square root "
    "of the weight and is full where only one cell in 200 weighs more. Choose a part to see every word and number."
)
BARE = "slice(datum.label, indexof(datum.label, ' ') + 1)"  # a label without the number that makes it the only one


def matrix(view: View) -> Any:
    """Cells or a picture, whichever fits."""
    chart = _cells(view) if is_small(view) else _picture(view)
    return chart + _between_texts(view) if view.pair else chart


def is_small(view: View) -> bool:
    """Whether every cell is drawn by itself."""
    return max(len(view.rows), len(view.columns)) <= SIDE


def labels(units: tuple[Unit, ...], places: np.ndarray, pair: bool) -> list[str]:
    """A label for each unit, unlike all others: its number, for a pair its text, and at most LETTERS characters."""
    return [f"{place} {mark(unit, pair)}{short(unit.text)}" for unit, place in zip(units, places, strict=True)]


def mark(unit: Unit, pair: bool) -> str:
    """Which text a unit of a pair belongs to."""
    return ("A· ", "B· ")[unit.part] if pair else ""


def short(text: str) -> str:
    """A word in at most LETTERS characters, on one line."""
    line = " ".join(text.split()) or "␣"
    return line if len(line) <= LETTERS else line[: LETTERS - 1] + "…"


def matrix_in_words(view: View) -> str:
    """The matrix in a sentence: its size and its strongest cell."""
    row = int(view.weights.max(axis=1).argmax())
    unit, weight = view.strongest(row)
    size = f"{len(view.rows)} rows by {len(view.columns)} columns"
    return f"Attention, {size}; strongest from {view.rows[row].text} to {unit.text}, {weight:.3f}."


def _axis(names: list[str], **more: Any) -> dict[str, Any]:
    axis = alt.Axis(title=None, labelExpr=BARE, labelLimit=120, ticks=False, domain=False, labelOverlap=True, **more)
    return {"sort": None, "axis": axis, "scale": alt.Scale(domain=names, paddingInner=0, paddingOuter=0)}


def _cells(view: View) -> Any:
    left, top = (
        labels(view.rows, view.row_places, view.pair), labels(view.columns, view.column_places, view.pair),
    )  # fmt: skip
    table = pd.DataFrame(
        {
            "from": np.repeat(left, len(top)),
            "to": np.tile(top, len(left)),
            "weight": view.weights.astype(np.float64).round(5).ravel(),
        }
    )
    largest = max(float(view.weights.max()), 1e-6)
    step = int(np.clip(600 / max(len(top), 1), 14, 34))
    return (
        alt.Chart(table)
        .mark_rect()
        .encode(
            x=alt.X("to:N", **_axis(top, orient="top", labelAngle=-90)),
            y=alt.Y("from:N", **_axis(left)),
            color=alt.Color(
                "weight:Q", scale=alt.Scale(type="sqrt", domain=[0, largest]), legend=alt.Legend(title="weight")
            ),
            tooltip=["from:N", "to:N", alt.Tooltip("weight:Q", format=".4f")],
        )
        .properties(height=alt.Step(max(step, 18)), width=alt.Step(step))
    )


def _picture(view: View) -> Any:
    left, top = (
        labels(view.rows, view.row_places, view.pair), labels(view.columns, view.column_places, view.pair),
    )  # fmt: skip
    table = pd.DataFrame({"picture": [address(view.weights, AMBER)], "from": left[:1], "to": top[:1]})
    x = alt.X("to:N", **_axis(top, orient="top", labelAngle=-90, values=top[:: -(-len(top) // NAMES)]))
    y = alt.Y("from:N", **_axis(left, values=left[:: -(-len(left) // NAMES)]))
    axes = alt.Chart(table).mark_point(opacity=0).encode(x=x, y=y)
    image = (
        alt.Chart(table)
        .mark_image(aspect=False, smooth=False)
        .encode(
            url="picture:N",
            x=alt.value(0),
            x2=alt.value("width"),
            y=alt.value(0),
            y2=alt.value("height"),
        )  # fmt: skip
    )
    return (axes + image).properties(width=PIXELS, height=PIXELS)


def _between_texts(view: View) -> Any:
    """Lines where the second text begins, if both are drawn."""
    rules = alt.layer()
    for units, places, name, channel in (
        (view.rows, view.row_places, "from", alt.Y), (view.columns, view.column_places, "to", alt.X),
    ):  # fmt: skip
        first = next((number for number, unit in enumerate(units) if unit.part == 1), 0)
        if first:
            label = labels(units[first : first + 1], places[first : first + 1], True)
            encoded = channel(f"{name}:N", bandPosition=0, sort=None)
            rule = alt.Chart(pd.DataFrame({name: label})).mark_rule(color="#8A8178", strokeDash=[5, 4])
            rules += rule.encode(**{"y" if name == "from" else "x": encoded})
    return rules
