"""Dots by word: one value a word on a line with the neutral value, coloured by set; the words furthest out on top."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from core.bias.charts import Drawn

MOST = 60  # words that are drawn: the ones furthest from neutral


def drawn(
    table: pd.DataFrame,
    value: str,
    *,
    neutral: float,
    title: str,
    axis: str,
    group: str = "set",
    spread: str = "",
    called: str = "the neutral value",
) -> tuple[Drawn, ...]:
    """A dot for each row's `value`, with `spread` to both sides where named; none where no row has a value.

    `called` says what `neutral` is.
    """
    known = table.dropna(subset=[value])
    if not len(known):
        return ()
    far = (known[value] - neutral).abs().sort_values(ascending=False, kind="stable").index[:MOST]
    rows = known.loc[far].sort_values(value, kind="stable").reset_index(drop=True)
    shown = pd.DataFrame({"word": rows["word"], "value": rows[value], "group": rows[group]})
    if spread:
        around = rows[spread].fillna(0.0)
        shown["low"], shown["high"] = rows[value] - around, rows[value] + around
    return (Drawn(title, _chart(shown, neutral, axis, bool(spread)), _said(known, rows, value, neutral, called)),)


def _chart(rows: pd.DataFrame, neutral: float, axis: str, spread: bool) -> Any:
    base = alt.Chart(rows).encode(
        y=alt.Y("word:N", sort=None, title=None, axis=alt.Axis(labelLimit=160)),
        color=alt.Color("group:N", title=None, legend=alt.Legend(orient="top")),
        tooltip=["word:N", alt.Tooltip("value:Q", format=".4f"), "group:N"],
    )
    at = alt.X("value:Q", title=axis, scale=alt.Scale(zero=False))
    layers = [base.mark_point(filled=True, size=60, opacity=1).encode(x=at)]
    if spread:
        layers.insert(0, base.mark_rule(opacity=0.4).encode(x=alt.X("low:Q", title=axis), x2="high:Q"))
    line = alt.Chart(pd.DataFrame({"at": [neutral]})).mark_rule(strokeDash=[5, 4], color="#8A8178").encode(x="at:Q")
    return alt.layer(line, *layers).properties(height=alt.Step(15))


def _said(known: pd.DataFrame, rows: pd.DataFrame, value: str, neutral: float, called: str) -> str:
    """The chart in words: how many, and the words at both ends."""
    below, above = int((known[value] < neutral).sum()), int((known[value] > neutral).sum())
    ends = [f"{row['word']} {row[value]:.3f}" for _, row in rows.iloc[[0, -1]].iterrows()]
    cut = f" The {MOST} furthest from it are drawn." if len(known) > len(rows) else ""
    return (
        f"{len(known)} words, {below} below and {above} above {called} {neutral:.3g}; the lowest is {ends[0]}, "
        f"the highest {ends[1]}.{cut}"
    )
