"""Headlines of one run as dots: a row a list, a colour and a shape a kind of vector, the neutral value dashed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.bias.side_by_side import Row

GREY = "#8A8178"


def frame(rows: Sequence[Row]) -> pd.DataFrame:
    """list, vectors, value, low, high of the rows that have a value."""
    made = [
        (one.name, one.title, one.headline.value, one.headline.low, one.headline.high)
        for one in rows
        if one.headline.value is not None
    ]
    return pd.DataFrame(made, columns=["list", "vectors", "value", "low", "high"])


def chart(table: pd.DataFrame, title: str, neutral: float | None) -> Any:
    """The dots with their intervals, where there are any."""
    lists, kinds = list(dict.fromkeys(table["list"])), list(dict.fromkeys(table["vectors"]))
    legend = alt.Legend(orient="bottom", labelLimit=0, title=None) if len(kinds) > 1 else None
    base = alt.Chart(table).encode(
        y=alt.Y("list:N", sort=lists, title=None, axis=alt.Axis(labelLimit=220, ticks=False, domain=False)),
        yOffset=alt.YOffset("vectors:N", sort=kinds),
        color=alt.Color("vectors:N", scale=alt.Scale(domain=kinds), legend=legend, title=None),
        tooltip=["list", "vectors", *(alt.Tooltip(f"{name}:Q", format="+.3f") for name in ("value", "low", "high"))],
    )
    x = alt.X("value:Q", title=title, scale=alt.Scale(zero=neutral == 0, padding=12))
    shape = alt.Shape("vectors:N", scale=alt.Scale(domain=kinds), legend=legend, title=None)
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(x=x, shape=shape)
    layers = [dots]
    if table["low"].notna().any():
        layers.insert(0, base.mark_rule(strokeWidth=2, opacity=0.5).encode(x=alt.X("low:Q", title=title), x2="high:Q"))
    if neutral is not None:
        line = alt.Chart(pd.DataFrame({"at": [neutral]})).mark_rule(strokeDash=[5, 4], color=GREY)
        layers.insert(0, line.encode(x="at:Q"))
    return alt.layer(*layers).properties(height=alt.Step(18 if len(kinds) > 1 else 30))


def described(table: pd.DataFrame, title: str, neutral: float | None) -> str:
    """The chart in words."""
    said = "; ".join(f"{row.list}, {row.vectors} {row.value:+.2f}" for row in table.itertuples())
    return f"{title}: {said}." + ("" if neutral is None else f" The neutral value is {neutral:g}.")
