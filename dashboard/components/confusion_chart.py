"""The confusion matrix as a chart whose cells can be clicked.

Rows are the given labels, columns the predicted ones. Colour is the share of the row, so that rare classes are seen as
well as common ones; the diagonal and the mistakes carry their counts while there is room for figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import altair as alt
import pandas as pd

CLICKED = "cell"
FIGURES_UP_TO = 16


def frame(matrix: Sequence[Sequence[int]], labels: Sequence[str]) -> pd.DataFrame:
    """One row a non-empty cell: given, predicted, rows, share of the given label's rows."""
    cells = [
        (labels[i], labels[j], int(rows), rows / sum(line))
        for i, line in enumerate(matrix)
        for j, rows in enumerate(line)
        if rows
    ]
    return pd.DataFrame(cells, columns=["given", "predicted", "rows", "share"])


def mistakes(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells off the diagonal, the most frequent first."""
    wrong = cells[cells["given"] != cells["predicted"]]
    return wrong.sort_values(["rows", "share"], ascending=False, kind="stable").reset_index(drop=True)


def chart(cells: pd.DataFrame, labels: Sequence[str]) -> alt.LayerChart:
    """A square for each cell; the selection named `cell` carries given and predicted."""
    side = max(12, min(44, 700 // max(1, len(labels))))
    click = alt.selection_point(name=CLICKED, fields=["given", "predicted"], on="click", empty=True)
    across, down = _axes(len(labels) > FIGURES_UP_TO)
    base = alt.Chart(cells).encode(
        x=alt.X("predicted:N", sort=list(labels), title="predicted", axis=across),
        y=alt.Y("given:N", sort=list(labels), title="given", axis=down),
        tooltip=["given", "predicted", alt.Tooltip("rows", format=",d"), alt.Tooltip("share", format=".1%")],
    )
    squares = base.mark_rect(cornerRadius=2, cursor="pointer").encode(
        color=alt.Color("share:Q", scale=alt.Scale(domain=[0, 1]), legend=None),
        opacity=alt.condition(click, alt.value(1), alt.value(0.35)),
    )
    layers: list[Any] = [squares.add_params(click)]
    if len(labels) <= FIGURES_UP_TO:
        layers.append(base.mark_text(fontSize=12).encode(text=alt.Text("rows:Q", format=",d"), color=_ink()))
    drawn: Any = alt.layer(*layers).properties(height=alt.Step(side))
    return cast("alt.LayerChart", drawn)


def _axes(many: bool) -> tuple[alt.Axis, alt.Axis]:
    """Axes that name every row; of many columns as many as can stand upright beside each other, on a phone a few."""
    shared: dict[str, Any] = {"labelFlush": False, "labelLimit": 150}
    if many:
        upright = alt.Axis(labelAngle=-90, labelOverlap="greedy", labelFontSize=9, **shared)
        return upright, alt.Axis(labelOverlap=False, labelFontSize=10, **shared)
    return alt.Axis(labelAngle=-40, labelOverlap=False, **shared), alt.Axis(labelOverlap=False, **shared)


def _ink() -> Any:
    """Figures in the ink that reads on their square, in the light theme and in the dark one."""
    import streamlit as st

    dark = st.context.theme.type == "dark"
    on_low, on_high = ("#EFE7DC", "#1A1613") if dark else ("#2B2420", "#FFFDFA")
    return alt.condition("datum.share > 0.55", alt.value(on_high), alt.value(on_low))
