"""Pieces by group: the share of whole words with its interval, and how many words have how many pieces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from core.bias.charts import Drawn
from core.bias.found import Found

GREY = "#8C8378"  # seen on light and dark ground


def charts(found: Found, inputs: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """Two charts over all groups."""
    return _whole(found), _spread(found)


def _whole(found: Found) -> Drawn:
    table = found.tables["groups"].rename(columns={"share in one piece": "share"})
    base = alt.Chart(table).encode(
        y=alt.Y("group:N", sort=list(table["group"]), axis=alt.Axis(title=None, labelLimit=220))
    )
    axis = alt.X("low:Q", title="share of words in one piece", scale=alt.Scale(domain=[0, 1]),
                 axis=alt.Axis(format="%"))  # fmt: skip
    tips = ["group", "words", "in one piece", alt.Tooltip("share:Q", format=".0%"), alt.Tooltip("low:Q", format=".0%"),
            alt.Tooltip("high:Q", format=".0%")]  # fmt: skip
    bars = base.mark_rule(size=2, color=GREY).encode(x=axis, x2="high:Q", tooltip=tips)
    points = base.mark_point(filled=True, size=90, opacity=1).encode(x=alt.X("share:Q"), tooltip=tips)
    told = [f"{row['group']} {row['in one piece']} of {row['words']}" for _, row in table.iterrows()]
    said = "Words in one piece, with 95 % Wilson intervals: " + ", ".join(told) + "."
    return Drawn("Words in one piece", (bars + points).properties(height=alt.Step(34)), said)


def _spread(found: Found) -> Drawn:
    table = found.tables["distribution"]
    order = list(dict.fromkeys(table["group"]))
    bars = alt.Chart(table).mark_bar().encode(
        y=alt.Y("group:N", sort=order, axis=alt.Axis(title=None, labelLimit=220)),
        x=alt.X("share:Q", stack="zero", title="share of the group's words", axis=alt.Axis(format="%")),
        color=alt.Color(
            "pieces:O", title="pieces", scale=alt.Scale(scheme="viridis"), legend=alt.Legend(orient="bottom")
        ),
        order=alt.Order("pieces:O"),
        tooltip=["group", "pieces", "words", alt.Tooltip("share:Q", format=".0%")],
    )  # fmt: skip
    most = [f"{name} up to {part['pieces'].max()}" for name, part in table.groupby("group", sort=False)]
    said = f"Share of words by number of pieces: {', '.join(most)} pieces."
    return Drawn("Pieces of the words", bars.properties(height=alt.Step(34)), said)
