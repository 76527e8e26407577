"""Scores drawn with their intervals, a model beside its baselines, so that noise is seen before a winner is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd


def frame(scores: Sequence[tuple[str, Mapping[str, Any]]]) -> pd.DataFrame:
    """One row a scored thing: who, value, low, high and a written form; things without a value are left out."""
    rows = [
        (who, metric["value"], _or(metric.get("low"), metric["value"]), _or(metric.get("high"), metric["value"]))
        for who, metric in scores
        if metric and metric.get("value") is not None
    ]
    table = pd.DataFrame(rows, columns=["who", "value", "low", "high"])
    table["written"] = table["value"].map("{:.3f}".format)
    return table


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def chart(table: pd.DataFrame, title: str) -> alt.LayerChart:
    """A dot with a whisker for each row of `frame`, on the whole scale from 0 to 1."""
    names = alt.Axis(labelLimit=160, labelFlush=False, ticks=False, domain=False)
    rows = alt.Y("who:N", title=None, sort=None, axis=names)
    base = alt.Chart(table).encode(
        y=rows,
        color=alt.Color("who:N", legend=None, sort=None),
        tooltip=["who", *(alt.Tooltip(name, format=".4f") for name in ("value", "low", "high"))],
    )
    scale = alt.Scale(domain=[0, 1])
    whisker = base.mark_rule(strokeWidth=3, strokeCap="round", opacity=0.55).encode(
        x=alt.X("low:Q", title=None, scale=scale), x2="high:Q"
    )
    dot = base.mark_point(filled=True, size=90, opacity=1).encode(x=alt.X("value:Q", scale=scale))
    written = base.mark_text(dy=-13, fontSize=12).encode(x=alt.X("value:Q", scale=scale), text="written:N")
    drawn: alt.LayerChart = (whisker + dot + written).properties(title=title, height=alt.Step(44))
    return drawn


def described(table: pd.DataFrame, title: str) -> str:
    """What the chart shows, for those who cannot see it."""
    return f"{title}: " + "; ".join(
        f"{row.who} {row.value:.3f} ({row.low:.3f} to {row.high:.3f})" for row in table.itertuples()
    )
