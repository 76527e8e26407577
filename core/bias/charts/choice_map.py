"""The choice map as heat maps, one a context: layers across, ways to a vector down, the sign in the colour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from core.bias.charts import Drawn
from core.bias.found import Found

BELOW, MIDDLE, ABOVE = "#B35806", "#F7F7F7", "#2166AC"  # orange and blue: told apart by all


def charts(found: Found, inputs: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """One heat map a context; the number stands in its cell, so that the colour is not needed."""
    table = found.tables["cells"].rename(columns={"effect size d": "d"})
    if not len(table):
        return ()
    reach = float(table["d"].abs().max()) or 1.0
    drawn = []
    for context in dict.fromkeys(table["context"]):
        part = table[table["context"] == context]
        rows = list(dict.fromkeys(part["vector"]))
        base = alt.Chart(part).encode(
            x=alt.X("layer:O", axis=alt.Axis(labelAngle=0, title="layer", domain=False, ticks=False)),
            y=alt.Y("vector:N", sort=rows, axis=alt.Axis(title=None, labelLimit=190, domain=False, ticks=False)),
        )
        scale = alt.Scale(domain=[-reach, 0, reach], range=[BELOW, MIDDLE, ABOVE], interpolate="rgb")
        fill = base.mark_rect().encode(
            color=alt.Color("d:Q", scale=scale, legend=alt.Legend(title="d", format=".1f", orient="bottom")),
            tooltip=["context", "vector", "layer", alt.Tooltip("d:Q", format="+.3f")],
        )
        size = alt.ExprRef(f"width < {36 * part['layer'].nunique()} ? 0 : 11")  # a narrow screen has the tooltip
        ink = alt.condition(f"abs(datum.d) > {0.6 * reach}", alt.value("white"), alt.value("#1A1A1A"))
        text = base.mark_text(fontSize=size).encode(text=alt.Text("d:Q", format="+.2f"), color=ink)
        drawn.append(
            Drawn(
                f"Effect size d by layer: {context}", (fill + text).properties(height=alt.Step(30)),
                f"{context}: {(part['d'] > 0).sum()} cells above 0, {(part['d'] < 0).sum()} below, from "
                f"{part['d'].min():.2f} to {part['d'].max():.2f}.",
            )
        )  # fmt: skip
    return tuple(drawn)
