"""Occurrences as points in two dimensions, coloured by group, with their names where there is room."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

NAMED = 40  # points that carry their names
WIDTH, HEIGHT = 620, 420
REACH = 1.15  # of the farthest point, so that names have room
CONTEXT = 60  # characters of a sentence in a tooltip on each side


def frame(points: np.ndarray, labels: Sequence[str], groups: Sequence[str], sentences: Sequence[str]) -> pd.DataFrame:
    """One row a point: x, y, occurrence, group, sentence."""
    return pd.DataFrame(
        {"x": points[:, 0], "y": points[:, 1], "occurrence": labels, "group": groups, "sentence": sentences}
    )


def reach(points: Sequence[np.ndarray]) -> float:
    """Half the side of a square that holds the points of all layers, so that axes stand still."""
    return REACH * max(float(np.abs(each).max(initial=0.0)) for each in points) or 1.0


def scatter(table: pd.DataFrame, title: str, half: float) -> alt.LayerChart:
    """The points; axes carry no numbers because directions of a projection mean nothing by themselves."""
    bare = alt.Axis(title=None, labels=False, ticks=False, grid=True)
    wide = half * WIDTH / HEIGHT  # both directions on one scale
    groups = list(dict.fromkeys(table["group"]))
    base = alt.Chart(table, title=title).encode(
        x=alt.X("x:Q", axis=bare, scale=alt.Scale(domain=[-wide, wide], nice=False)),
        y=alt.Y("y:Q", axis=bare, scale=alt.Scale(domain=[-half, half], nice=False)),
    )
    legend = alt.Legend(orient="bottom", title=None) if len(groups) > 1 else None
    dots = base.mark_point(filled=True, size=110, opacity=0.85).encode(
        color=alt.Color("group:N", sort=groups, legend=legend),
        shape=alt.Shape("group:N", sort=groups, legend=legend),
        tooltip=["occurrence", "group", "sentence"],
    )
    names = base.mark_text(dy=-12, fontSize=11).encode(text="occurrence:N", color=alt.Color("group:N", legend=None))
    drawn = dots + names if len(table) <= NAMED else alt.layer(dots)
    return drawn.properties(height=HEIGHT, width=WIDTH)  # type: ignore[return-value]


def excerpt(text: str, start: int, end: int) -> str:
    """The word in its neighbourhood, marked by brackets."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    left, right = "…" if start > CONTEXT else "", "…" if end + CONTEXT < len(text) else ""
    return f"{left}{before}[{text[start:end]}]{after}{right}"
