"""One head as lines from the words on the left to the words on the right; the stronger the weight, the darker.

Only the strongest lines are drawn. With the mouse on a word of the left side its own lines stay and the others fade.
"""

from __future__ import annotations

from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from core.errors import UserProblem
from core.inspection.attention.view import View
from core.inspection.attention.words import Unit
from core.inspection.charts.attention_matrix import mark, short

LINES = 300
SIDE = 60  # words of one side that can still be read
ROW = 20  # pixels between words
GREY = "#80776E"  # of the words: can be read on white and on black


def strongest(view: View, most: int = LINES) -> pd.DataFrame:
    """The `most` largest weights, the smallest first so that strong lines lie on top: from, to, weight, row, column."""
    flat = view.weights.ravel()
    order = np.sort(np.argsort(-flat, kind="stable")[:most])
    order = order[np.argsort(flat[order], kind="stable")]
    rows, columns = np.divmod(order, len(view.columns))
    return pd.DataFrame(
        {
            "from": [short(view.rows[row].text) for row in rows],
            "to": [short(view.columns[column].text) for column in columns],
            "weight": flat[order].astype(np.float64).round(5),
            "row": rows,
            "column": columns,
        }
    )


def lines(view: View, most: int = LINES) -> Any:
    """The drawing; UserProblem where a side has more than SIDE words."""
    longer = max(len(view.rows), len(view.columns))
    if longer > SIDE:
        raise UserProblem(
            f"Lines between {longer} words cannot be read.", f"At most {SIDE} words on a side were wanted.",
            "Choose a part of them, or draw the matrix.",
        )  # fmt: skip
    hover = alt.selection_point(name="from", fields=["row"], on="pointerover", clear="pointerout")
    table = strongest(view, most).assign(colour="attention")
    largest = max(float(table["weight"].max()), 1e-6)
    end = longer - 0.5
    y = alt.Y("row:Q", scale=alt.Scale(domain=[-0.5, end], reverse=True), axis=None)
    x = alt.Scale(domain=[-0.6, 1.6])
    strength = alt.StrokeOpacity("weight:Q", scale=alt.Scale(domain=[0, largest], range=[0.02, 1]), legend=None)
    drawn = (
        alt.Chart(table)
        .mark_rule(strokeWidth=2.2)
        .encode(
            x=alt.X("left:Q", scale=x, axis=None), x2="right:Q", y=y, y2="column:Q",
            color=alt.Color("colour:N", legend=None),
            strokeOpacity=alt.condition(hover, strength, alt.value(0.03)),
            tooltip=["from:N", "to:N", alt.Tooltip("weight:Q", format=".4f")],
        )
        .transform_calculate(left="0.02", right="0.98")
    )  # fmt: skip
    left = _words(view.rows, view.pair, 0, "right", x, y).add_params(hover)
    right = _words(view.columns, view.pair, 1, "left", x, y)
    return (drawn + left + right).properties(height=int(ROW * (end + 0.5)), width=520)


def lines_in_words(view: View, most: int = LINES) -> str:
    """How many lines are drawn, and which share of the attention between the words shown they carry."""
    table = strongest(view, most)
    share = float(table["weight"].sum()) / max(float(view.weights.sum()), 1e-9)
    return f"The {len(table):,} strongest of {view.weights.size:,} lines, {100 * min(share, 1):.0f} % of what is shown."


def _words(
    units: tuple[Unit, ...], pair: bool, place: int, align: Literal["left", "right"], x: alt.Scale, y: alt.Y
) -> Any:
    table = pd.DataFrame(
        {
            "word": [mark(unit, pair) + short(unit.text) for unit in units],
            "row": np.arange(len(units)),
            "place": place,
        }
    )
    return (
        alt.Chart(table)
        .mark_text(align=align, baseline="middle", fontSize=13, color=GREY, dx=-4 if align == "right" else 4)
        .encode(x=alt.X("place:Q", scale=x, axis=None), y=y, text="word:N", tooltip=["word:N"])
    )
