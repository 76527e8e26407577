"""Whether a probability of 0.8 is right 8 times in 10, drawn.

Each dot is a bin of predictions: how sure the model was on average, and how often it was right; dots on the dashed line
are honest, below it the model is too sure. The size of a dot is its number of predictions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd


def frame(bins: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """One row a bin that holds predictions: confidence, accuracy, count."""
    rows = [(part["confidence"], part["accuracy"], part["count"]) for part in bins if part.get("count")]
    return pd.DataFrame(rows, columns=["confidence", "accuracy", "count"])


def chart(table: pd.DataFrame) -> alt.LayerChart:
    """Confidence against accuracy, both from 0 to 1, with the line of perfect honesty."""
    scale = alt.Scale(domain=[0, 1])
    honest = (
        alt.Chart(pd.DataFrame({"x": [0.0, 1.0], "y": [0.0, 1.0]}))
        .mark_line(strokeDash=[5, 4], opacity=0.5)
        .encode(x=alt.X("x:Q", scale=scale), y=alt.Y("y:Q", scale=scale), color=alt.value("#8A8178"))
    )
    base = alt.Chart(table).encode(
        x=alt.X("confidence:Q", scale=scale, title="how sure the model was"),
        y=alt.Y("accuracy:Q", scale=scale, title="how often it was right"),
    )
    dots = base.mark_circle(opacity=0.85).encode(
        size=alt.Size("count:Q", scale=alt.Scale(range=[30, 500]), legend=None),
        tooltip=[
            alt.Tooltip("confidence", format=".3f"),
            alt.Tooltip("accuracy", format=".3f"),
            alt.Tooltip("count", format=",d", title="predictions"),
        ],
    )
    drawn: alt.LayerChart = (honest + dots).properties(height=300)
    return drawn
