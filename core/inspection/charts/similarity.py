"""Cosines of occurrences as a heatmap, the static vectors beside the ones in context."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.inspection.occurrence_pairs import Pairs

MOST = 60  # occurrences drawn
WRITTEN = 12  # up to here every cell also says its number
CONTEXT, STATIC = "in context", "static"


def frame(found: Pairs, labels: Sequence[str]) -> pd.DataFrame:
    """One row a cell of both matrices, of the first MOST occurrences: kind, first, second, cosine, order."""
    n = min(len(labels), MOST)
    first, second = (place.ravel() for place in np.indices((n, n)))
    names = np.array(labels[:n], dtype=object)
    parts = [
        pd.DataFrame(
            {"kind": kind, "first": names[first], "second": names[second], "cosine": matrix[:n, :n].ravel().round(4)}
        )
        for kind, matrix in ((STATIC, found.static), (CONTEXT, found.cosine))
    ]
    return pd.concat(parts, ignore_index=True)


def heatmap(table: pd.DataFrame, kind: str, title: str) -> alt.LayerChart:
    """One of the two matrices; both are coloured on the same scale."""
    part = table[table["kind"] == kind]
    order = list(dict.fromkeys(part["first"]))
    low = float(np.floor(10 * table["cosine"].min()) / 10)
    names = alt.Axis(title=None, labelLimit=130, ticks=False, domain=False)
    base = alt.Chart(part, title=title).encode(
        x=alt.X("second:N", sort=order, axis=names), y=alt.Y("first:N", sort=order, axis=names)
    )
    colour = alt.Color(
        "cosine:Q", scale=alt.Scale(scheme="blues", domain=[min(low, 0.9), 1.0]), legend=alt.Legend(title="cosine")
    )
    cells = base.mark_rect().encode(
        color=colour, tooltip=["first", "second", alt.Tooltip("cosine:Q", format=".4f"), "kind"]
    )
    shade = alt.condition(alt.datum["cosine"] > (low + 1) / 2, alt.value("white"), alt.value("#16324F"))
    numbers = base.mark_text(fontSize=11).encode(text=alt.Text("cosine:Q", format=".2f"), color=shade)
    drawn = cells + numbers if len(order) <= WRITTEN else alt.layer(cells)
    side = 32 if len(order) <= WRITTEN else max(8, 480 // len(order))
    return drawn.properties(height=alt.Step(side), width=alt.Step(side))  # type: ignore[return-value]


def both(table: pd.DataFrame, title: str) -> alt.HConcatChart:
    """The two side by side, as a file shows them."""
    return alt.hconcat(heatmap(table, STATIC, STATIC_TITLE), heatmap(table, CONTEXT, title))  # type: ignore[return-value]


STATIC_TITLE = "Static: input embedding"


def described(found: Pairs, labels: Sequence[str], title: str) -> str:
    """The matrix in words."""
    n = len(labels)
    if n < 2:
        return f"{title}: one occurrence, nothing to compare."
    upper = found.cosine[np.triu_indices(n, 1)]
    return (
        f"Cosines of {n} occurrences, {title}: {upper.min():.3f} to {upper.max():.3f}, mean {upper.mean():.3f}; random "
        f"pairs of words have {found.baseline:.3f} on average."
    )


def described_static(found: Pairs) -> str:
    """The static matrix in words."""
    return (
        f"Cosines of the static vectors: {found.static.min():.3f} to {found.static.max():.3f}; the same form has 1 in "
        "every sentence."
    )
