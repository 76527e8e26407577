"""How many rows of a classified file got which label, or which labels together."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd
import streamlit as st

from dashboard.components.plain import visible

MOST = 30  # bars drawn; the rest are counted in the caption
NOTHING = "(no label)"


def show(counts: Mapping[str, int], key: str) -> None:
    """Draw a bar for each predicted label, the commonest first; beyond `MOST` say how many are left out."""
    table = frame(counts)
    drawn = table.head(MOST)
    st.caption("Rows of each prediction" + (f": the {MOST} commonest of {len(table):,}" if len(table) > MOST else ""))
    words = ", ".join(f"{row.label} {row.rows:,}" for row in drawn.head(8).itertuples())
    st.altair_chart(chart(drawn), key=key, width="stretch", alt=f"Rows of each predicted label: {words}")


def frame(counts: Mapping[str, int]) -> pd.DataFrame:
    """One row a prediction: label, rows; what got no label is named so."""
    table = pd.DataFrame({"label": [visible(label) if label else NOTHING for label in counts], "rows": counts.values()})
    return table.sort_values("rows", ascending=False, kind="stable")


def chart(table: pd.DataFrame) -> alt.Chart:
    """A horizontal bar a row of `table`."""
    names = alt.Axis(labelLimit=170, labelOverlap=False, labelFlush=False, ticks=False, domain=False)
    drawn: alt.Chart = (
        alt.Chart(table)
        .mark_bar(height={"band": 0.7}, cornerRadius=2)
        .encode(
            y=alt.Y("label:N", sort=None, title=None, axis=names),
            x=alt.X("rows:Q", title="rows", axis=alt.Axis(format=",d", tickMinStep=1, tickCount=5)),
            tooltip=["label", alt.Tooltip("rows", format=",d")],
        )
        .properties(height=alt.Step(24))
    )
    return drawn
