"""Both ranks of every attribute word: on the diagonal, the groups agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from core.bias.charts import Drawn
from core.bias.found import Found

NAMED = 60  # words above which only dots are drawn


def charts(found: Found, inputs: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """A scatter of ranks; none without a table."""
    table = found.tables.get("words")
    if table is None:
        return ()
    first, second = (name for name in table.columns if str(name).startswith("rank by "))
    rows = pd.DataFrame({"word": table["word"], "x": table[first], "y": table[second], "set": table["set"]})
    scale = alt.Scale(domain=[0.5, len(rows) + 0.5], nice=False)
    base = alt.Chart(rows).encode(
        x=alt.X("x:Q", title=f"{first} (1 is nearest)", scale=scale),
        y=alt.Y("y:Q", title=f"{second} (1 is nearest)", scale=scale),
    )
    dots = base.mark_point(filled=True, size=60).encode(
        color=alt.Color("set:N", title=None, legend=alt.Legend(orient="top")), tooltip=["word:N", "x:Q", "y:Q", "set:N"]
    )
    ends = pd.DataFrame({"x": [1, len(rows)], "y": [1, len(rows)]})
    layers = [alt.Chart(ends).mark_line(strokeDash=[5, 4], color="#8A8178").encode(x="x:Q", y="y:Q"), dots]
    if len(rows) <= NAMED:
        layers.append(base.mark_text(align="left", dx=6, fontSize=11).encode(text="word:N"))
    far = table.iloc[0]
    said = (
        f"{len(rows)} words by their rank with each group; {far['word']} changes places most, from "
        f"{far[first]:g} to {far[second]:g}."
    )
    return (Drawn("Ranks of the attribute words by both groups", alt.layer(*layers).properties(height=380), said),)
