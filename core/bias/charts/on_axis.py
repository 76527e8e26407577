"""Figures with their intervals on one axis that shows the neutral value and the bounds.

Nothing here judges: the colour says which row is meant, not whether a value is good.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.bias import told
from core.bias.found import Figure

COLUMNS = ("who", "value", "low", "high", "written", "kind")
ROOM = 0.12  # of the span, left free at both ends where a figure has no bounds


def frame(figures: Sequence[tuple[str, Figure]], meant: str = "") -> pd.DataFrame:
    """A row a figure that has a value: who, value, low, high, written; `meant` names the row that stands out."""
    rows = [
        (who, one.value, _or(one.low, one.value), _or(one.high, one.value), told.figure(one),
         "this" if who == meant or not meant else "other")
        for who, one in figures
        if one.value is not None
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def chart(table: pd.DataFrame, like: Figure, neutral: float | None, title: str = "") -> Any:
    """Dots with whiskers for the rows of `frame`; the axis spans the bounds of `like` where it has any."""
    scale = alt.Scale(domain=list(span(table, like, neutral)), nice=False, zero=False)
    axis = alt.Axis(title=title or None, tickCount=7, grid=False)
    base = alt.Chart(table).encode(
        y=alt.Y("who:N", sort=None, title=None, axis=_names(table)),
        color=alt.Color("kind:N", legend=None, scale=alt.Scale(domain=["this", "other"])),
        tooltip=[alt.Tooltip("who:N", title=" "), alt.Tooltip("written:N", title="value [interval]")],
    )
    whisker = base.mark_rule(strokeWidth=3, strokeCap="round", opacity=0.55).encode(
        x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"
    )
    dot = base.mark_point(filled=True, size=90, opacity=1).encode(x=alt.X("value:Q", scale=scale, axis=axis))
    written = base.mark_text(dy=-13, fontSize=12).encode(x=alt.X("value:Q", scale=scale, axis=axis), text="written:N")
    layers = [*_lines(like, neutral, scale, axis), whisker, dot, written]
    return alt.layer(*layers).properties(height=alt.Step(48))


def span(table: pd.DataFrame, like: Figure, neutral: float | None) -> tuple[float, float]:
    """Where the axis begins and ends: at the bounds, else a little beyond everything that is drawn."""
    drawn = [*table["low"], *table["high"], *table["value"], *([] if neutral is None else [neutral])]
    low, high = min(drawn, default=0.0), max(drawn, default=1.0)
    room = ROOM * (high - low) or 0.5
    start = low - room if like.least is None else min(like.least, low)
    end = high + room if like.most is None else max(like.most, high)
    return start, end


def described(table: pd.DataFrame, neutral: float | None) -> str:
    """The chart in words."""
    where = "" if neutral is None else f" The neutral value is {neutral:g}."
    return "; ".join(f"{row.who} {row.written}" for row in table.itertuples()) + "." + where


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _names(table: pd.DataFrame) -> alt.Axis | None:
    """Names at the left; none where there is one row, whose name is the heading."""
    if len(table) == 1:
        return None
    return alt.Axis(labelLimit=180, labelFlush=False, ticks=False, domain=False)


def _lines(like: Figure, neutral: float | None, scale: alt.Scale, axis: alt.Axis) -> list[Any]:
    """A dashed line at the neutral value with its name, thin ones at the bounds."""
    found = []
    ends = pd.DataFrame({"at": [end for end in (like.least, like.most) if end is not None]})
    if len(ends):
        line = alt.Chart(ends).mark_rule(color="#8A8178", opacity=0.6).encode(x=alt.X("at:Q", scale=scale, axis=axis))
        found.append(line)
    if neutral is not None:
        base = alt.Chart(pd.DataFrame({"at": [neutral], "said": [f"neutral {neutral:g}"]}))
        at = alt.X("at:Q", scale=scale, axis=axis)
        found.append(base.mark_rule(strokeDash=[5, 4], color="#8A8178").encode(x=at))
        named = base.mark_text(dx=4, dy=-1, align="left", baseline="bottom", fontSize=11, color="#8A8178")
        found.append(named.encode(x=at, y=alt.value("height"), text="said:N"))
    return found
