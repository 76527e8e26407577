"""CEAT's draws as a histogram, with 0 and the combined effect size marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from core.bias.charts import Drawn
from core.bias.found import Found

TABLE = "effect size by draw"
GREY = "#8C8378"  # seen on light and dark ground


def charts(found: Found, inputs: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """One histogram; none where no draw has an effect size."""
    table = found.tables.get(TABLE)
    if table is None or not len(table) or found.headline.value is None:
        return ()
    d = table["d"]
    low, high = min(0.0, float(d.min())), max(0.0, float(d.max()))
    bars = alt.Chart(table[["d"]]).mark_bar().encode(
        x=alt.X("d:Q", bin=alt.Bin(maxbins=40, extent=[low, high]), title="effect size d of a draw"),
        y=alt.Y("count():Q", title="draws"),
        tooltip=[alt.Tooltip("d:Q", bin=alt.Bin(maxbins=40, extent=[low, high])), alt.Tooltip("count():Q")],
    )  # fmt: skip
    marks = pd.DataFrame({"at": [0.0, found.headline.value], "what": ["neutral, 0", "combined effect size"]})
    rules = alt.Chart(marks).mark_rule(size=2, color=GREY).encode(
        x="at:Q", tooltip=["what", alt.Tooltip("at:Q", format=".3f")],
        strokeDash=alt.StrokeDash("what:N", title=None, legend=alt.Legend(orient="bottom")),
    )  # fmt: skip
    alt_text = (
        f"{len(d):,} draws: effect sizes from {d.min():.2f} to {d.max():.2f}, median {d.median():.2f}, "
        f"{(d < 0).mean():.0%} of them below 0."
    )
    drawn = alt.layer(bars, rules).properties(height=260)
    return (Drawn("Effect size over the draws", drawn, alt_text),)
