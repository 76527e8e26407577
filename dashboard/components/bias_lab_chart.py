"""Before and after on one line a measure, each as its distance from neutral: measures of all scales on one axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

NAMES = ("before", "after")
GREY = "#8a8580"  # seen on light and on dark


def frame(changes: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Two rows a measure that has both values and a neutral one: who, when, distance, value."""
    rows = []
    for one in changes:
        if None in (one["before"], one["after"], one["neutral"]):
            continue
        who = one["inputs"] if one["title"] in one["inputs"] else f"{one['title']}: {one['inputs']}"
        said = f"{who} ({one['sample'].split(',')[0]})" if _twice(changes, one) and one["sample"] else who
        rows += [(said, when, one[when] - one["neutral"], one[when]) for when in NAMES]
    return pd.DataFrame(rows, columns=["who", "when", "distance", "value"])


def chart(changes: Sequence[Mapping[str, Any]]) -> Any:
    """The chart; None where no measure has both values."""
    table = frame(changes)
    if table.empty:
        return None
    who = alt.Y("who:N", title=None, sort=None, axis=alt.Axis(labelLimit=240, ticks=False, domain=False))
    place = alt.X("distance:Q", title="distance from neutral")
    lines = table.pivot_table(index="who", columns="when", values="distance", sort=False).reset_index()
    line = alt.Chart(lines).mark_rule(strokeWidth=2, color=GREY).encode(y=who, x="before:Q", x2="after:Q")
    dots = alt.Chart(table).mark_point(filled=True, size=90, opacity=1).encode(
        y=who, x=place,
        shape=alt.Shape("when:N", scale=alt.Scale(domain=list(NAMES), range=["circle", "diamond"]), title=None),
        color=alt.Color("when:N", scale=alt.Scale(domain=list(NAMES)), title=None),
        tooltip=["who", "when", alt.Tooltip("value:Q", format=".4f"), alt.Tooltip("distance:Q", format="+.4f")],
    )  # fmt: skip
    zero = alt.Chart(pd.DataFrame({"distance": [0.0]})).mark_rule(strokeDash=[4, 4], color=GREY).encode(x="distance:Q")
    drawn: Any = alt.layer(zero, line, dots).properties(height=alt.Step(34))
    return drawn


def described(changes: Sequence[Mapping[str, Any]]) -> str:
    """What the chart shows, for those who cannot see it."""
    table = frame(changes)
    parts = [f"{who} {rows.iloc[0]['value']:.3f} to {rows.iloc[1]['value']:.3f}"
             for who, rows in table.groupby("who", sort=False)]  # fmt: skip
    return "Before and after, distance from neutral: " + "; ".join(parts)


def _twice(changes: Sequence[Mapping[str, Any]], one: Mapping[str, Any]) -> bool:
    alike = [other for other in changes if other["inputs"] == one["inputs"] and other["title"] == one["title"]]
    return len(alike) > 1
