"""The difference of two models with its interval, drawn around zero: a whisker that crosses zero decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

METRICS = {"f1_macro": "macro-F1", "accuracy": "accuracy", "f1_micro": "F1, micro", "f1_weighted": "F1, weighted"}


def frame(differences: Mapping[str, Any]) -> pd.DataFrame:
    """One row a metric: its title, difference, low, high."""
    rows = [(METRICS[name], item.value, item.low, item.high) for name, item in differences.items() if name in METRICS]
    return pd.DataFrame(rows, columns=["metric", "difference", "low", "high"])


def chart(table: pd.DataFrame, title: str) -> alt.LayerChart:
    """A whisker a metric around its difference, with a line at zero."""
    reach = max(0.02, float(table[["low", "high"]].abs().max().max()) * 1.15)
    scale = alt.Scale(domain=[-reach, reach])
    base = alt.Chart(table.assign(colour="first")).encode(
        y=alt.Y("metric:N", sort=None, title=None, axis=alt.Axis(labelFlush=False, ticks=False, domain=False)),
        color=alt.Color("colour:N", legend=None),
        tooltip=["metric", *(alt.Tooltip(name, format="+.4f") for name in ("difference", "low", "high"))],
    )
    axis = alt.X("low:Q", scale=scale, title=title, axis=alt.Axis(format="+.2f"))
    whisker = base.mark_rule(strokeWidth=3, opacity=0.55).encode(x=axis, x2="high:Q")
    dot = base.mark_point(filled=True, size=90, opacity=1).encode(x=alt.X("difference:Q", scale=scale))
    zero = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(strokeDash=[5, 4], color="#8A8178").encode(x="zero:Q")
    drawn: alt.LayerChart = (zero + whisker + dot).properties(height=alt.Step(40))
    return drawn


def described(table: pd.DataFrame, title: str) -> str:
    """The chart in words."""
    return f"{title}: " + "; ".join(
        f"{row.metric} {row.difference:+.3f} ({row.low:+.3f} to {row.high:+.3f})" for row in table.itertuples()
    )
