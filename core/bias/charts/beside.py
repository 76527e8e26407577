"""Figures of different units below each other, each row on a scale of its own: its ends are written at its ends.

A dashed tick marks the neutral value. Rows cannot be compared by eye, only read one by one; that is why they have no
common axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.bias import told
from core.bias.charts import on_axis
from core.bias.found import Figure

COLUMNS = ("who", "value", "low", "high", "neutral", "start", "end", "at", "from", "to", "middle", "written")


def frame(rows: Sequence[tuple[str, Figure, float | None, float | None]]) -> pd.DataFrame:
    """A row a figure with a value: (name, figure, least, most); `at`, `from`, `to`, `middle` lie in [0, 1]."""
    return pd.DataFrame([_row(*one) for one in rows if one[1].value is not None], columns=list(COLUMNS))


def chart(table: pd.DataFrame) -> Any:
    """A whisker, a dot and a neutral tick a row, the ends of its scale in small print."""
    names = alt.Axis(labelLimit=230, labelFlush=False, ticks=False, domain=False)
    rows = alt.Y("who:N", sort=None, title=None, axis=names)
    scale, quiet = alt.Scale(domain=[-0.09, 1.09], nice=False, zero=False), "#8A8178"
    tips = [alt.Tooltip("who:N", title=" "), alt.Tooltip("written:N", title="value [interval]"),
            alt.Tooltip("neutral:Q", format="g")]  # fmt: skip
    base = alt.Chart(table).encode(y=rows, tooltip=tips)
    line = base.mark_rule(color=quiet, opacity=0.35).encode(x=_x("zero:Q", scale), x2="one:Q")
    line = line.transform_calculate(zero="0", one="1")
    tick = base.mark_tick(color=quiet, thickness=2, size=26).encode(x=_x("middle:Q", scale))
    tick = tick.transform_filter("isValid(datum.middle)")
    coloured = base.transform_calculate(kind="'this'").encode(
        color=alt.Color("kind:N", legend=None, scale=alt.Scale(domain=["this"]))
    )
    whisker = coloured.mark_rule(strokeWidth=3, strokeCap="round", opacity=0.55).encode(
        x=_x("from:Q", scale), x2="to:Q"
    )
    dot = coloured.mark_point(filled=True, size=80, opacity=1).encode(x=_x("at:Q", scale))
    written = coloured.mark_text(dy=-13, fontSize=11).encode(x=_x("at:Q", scale), text="written:N")
    small: dict[str, Any] = {"fontSize": 10, "color": quiet}
    left = base.mark_text(align="right", dx=-4, **small).encode(x=_x("zero:Q", scale), text="start:N")
    right = base.mark_text(align="left", dx=4, **small).encode(x=_x("one:Q", scale), text="end:N")
    ends = [each.transform_calculate(zero="0", one="1") for each in (left, right)]
    return alt.layer(line, *ends, tick, whisker, dot, written).properties(height=alt.Step(44))


def described(table: pd.DataFrame) -> str:
    """The chart in words."""
    said = []
    for who, written, neutral in zip(table["who"], table["written"], table["neutral"], strict=True):
        at = "" if pd.isna(neutral) else f", neutral {float(neutral):g}"
        said.append(f"{who}: {written}{at}")
    return "; ".join(said) + "."


def _x(field: str, scale: alt.Scale) -> alt.X:
    return alt.X(field, scale=scale, axis=None)


def _row(who: str, one: Figure, least: float | None, most: float | None) -> tuple[Any, ...]:
    """Places on the row's own scale: from least to most where bounded, else around what is drawn."""
    table = on_axis.frame([(who, one)])
    like = Figure(one.name, one.title, one.value, least=least, most=most)
    start, end = on_axis.span(table, like, one.neutral)
    low, high = table["low"].iloc[0], table["high"].iloc[0]

    def place(value: float) -> float:
        return min(1.0, max(0.0, (value - start) / (end - start)))

    assert one.value is not None
    middle = None if one.neutral is None else place(one.neutral)
    return (
        who, one.value, low, high, one.neutral, f"{start:.3g}", f"{end:.3g}", place(one.value), place(low),
        place(high), middle, told.figure(one),
    )  # fmt: skip
