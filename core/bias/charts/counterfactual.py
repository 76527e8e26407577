"""Who is pushed up: the signed shift of every group with its interval, one panel a label, zero marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from core.bias.charts import Drawn
from core.bias.counterfactual.tables import GROUPS
from core.bias.found import Found

ROW, MOST = 26, 6  # pixels of a group; labels drawn


def charts(found: Found, inputs: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """One chart a label, at most MOST, those with the largest shift; none where nothing has a value."""
    table = found.tables.get(GROUPS, pd.DataFrame(columns=["mean shift", "label"])).dropna(subset=["mean shift"])
    if not len(table):
        return ()
    sizes = table.assign(size=table["mean shift"].abs()).groupby("label")["size"].max()
    labels = sizes.sort_values(ascending=False, kind="stable").index[:MOST]
    return tuple(_drawn(str(label), table[table["label"] == label]) for label in labels)


def _drawn(label: str, table: pd.DataFrame) -> Drawn:
    title = f"Shift of the probability of {label} when a text is about the group"
    table = table.assign(written=table["mean shift"].map("{:+.3f}".format), kind="this")
    most = max(float(table[["mean shift", "low", "high"]].abs().max().max()), 0.01) * 1.15
    scale = alt.Scale(domain=[-most, most], nice=False)
    names = alt.Axis(labelLimit=170, ticks=False, domain=False, labelFlush=False)
    base = alt.Chart(table).encode(
        y=alt.Y("group:N", sort=None, title=None, axis=names),
        color=alt.Color("kind:N", legend=None),
        tooltip=["group:N", "label:N", alt.Tooltip("mean shift:Q", format="+.4f"), alt.Tooltip("low:Q", format="+.4f"),
                 alt.Tooltip("high:Q", format="+.4f"), "rows:Q"],
    )  # fmt: skip
    x = alt.X(
        "mean shift:Q",
        scale=scale,
        axis=alt.Axis(tickCount=7, grid=False),
        title="against the same texts about the other groups",
    )
    zero = alt.Chart(pd.DataFrame({"at": [0.0]})).mark_rule(strokeDash=[5, 4], color="#8A8178").encode(
        x=alt.X("at:Q", scale=scale)
    )  # fmt: skip
    whisker = base.mark_rule(strokeWidth=3, strokeCap="round", opacity=0.55).encode(
        x=alt.X("low:Q", scale=scale, title=None), x2="high:Q"
    )
    dot = base.mark_point(filled=True, size=80, opacity=1).encode(x=x)
    written = base.mark_text(dy=-11, fontSize=11).encode(x=x, text="written:N")
    chart = (zero + whisker + dot + written).properties(height=alt.Step(ROW + 14))
    alt_text = "; ".join(
        f"{row['group']} {row['mean shift']:+.3f} ({row['low']:+.3f} to {row['high']:+.3f})"
        for row in table.to_dict("records")
    )
    return Drawn(title, chart, f"{title}: {alt_text}. Zero is neutral.", table.drop(columns=["written", "kind"]))
