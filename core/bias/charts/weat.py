"""WEAT drawn: every target word on the line from B to A, and d without each word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from core.bias.charts import Drawn
from core.bias.found import Found

LINE = "#8A8178"
MOVED = 12  # words of the second drawing: those that move d the most


def charts(found: Found, inputs: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """One dot a word, coloured by its set, in the order of s; and the words that d hangs on the most."""
    drawn = []
    if "words" in found.tables and len(found.tables["words"]):
        drawn.append(of_words(found.tables["words"], inputs))
    left = found.tables.get("leaving one word out", pd.DataFrame({"d without it": []})).dropna(subset=["d without it"])
    if len(left) and found.headline.value is not None:
        drawn.append(_without(left, found.headline.value))
    return tuple(drawn)


def of_words(table: pd.DataFrame, inputs: Mapping[str, Any]) -> Drawn:
    """Rows with word, set and s."""
    shown = table.sort_values("s", ascending=False, kind="stable").reset_index(drop=True)
    shown["row"] = [f"{number:04d}" for number in range(len(shown))]  # one word may stand in two rows
    a, b = _sides(inputs)
    span = max(float(shown["s"].abs().max()), 1e-9) * 1.35
    x = alt.X("s:Q", scale=alt.Scale(domain=[-span, span], nice=False), title=f"← nearer to {b}    nearer to {a} →")
    base = alt.Chart(shown).encode(
        x=x, y=alt.Y("row:N", sort=None, axis=None), color=alt.Color("set:N", title=None, sort=None),
        tooltip=["word:N", "set:N", alt.Tooltip("s:Q", format="+.4f")],
    )  # fmt: skip
    dots = base.mark_point(filled=True, size=60, opacity=1)
    right = base.transform_filter("datum.s >= 0").mark_text(align="left", dx=7, fontSize=11).encode(text="word:N")
    left = base.transform_filter("datum.s < 0").mark_text(align="right", dx=-7, fontSize=11).encode(text="word:N")
    chart = alt.layer(_line(0.0), dots, right, left).properties(height=alt.Step(15))
    ends = f"{shown['word'].iloc[0]} ({shown['s'].iloc[0]:+.3f}) and {shown['word'].iloc[-1]}"
    said = f"{len(shown)} words by their association; the ends are {ends} ({shown['s'].iloc[-1]:+.3f})."
    return Drawn("Each word between the two sides", chart, said, table)


def _without(table: pd.DataFrame, d: float) -> Drawn:
    order = table["change of d"].abs().sort_values(ascending=False, kind="stable").index[:MOVED]
    shown = table.loc[order].assign(d=d)
    shown["row"] = shown["word"] + " (" + shown["set"] + ")"
    ends = [*shown["d without it"], d]
    room = 0.15 * (max(ends) - min(ends)) or 0.1
    scale = alt.Scale(domain=[min(ends) - room, max(ends) + room], zero=False, nice=False)
    base = alt.Chart(shown).encode(
        y=alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelLimit=220)),
        tooltip=["word:N", "set:N", alt.Tooltip("d without it:Q", format=".3f")],
    )
    x = alt.X("d without it:Q", scale=scale, title="d without the word; the dashed line is d with all")
    rules = base.mark_rule(strokeWidth=2, opacity=0.5).encode(x=x, x2="d:Q")
    dots = base.mark_point(filled=True, size=60, opacity=1).encode(x=x)
    chart = alt.layer(_line(d, scale), rules, dots).properties(height=alt.Step(20))
    low, high = float(table["d without it"].min()), float(table["d without it"].max())
    said = f"Leaving out one word moves d from {d:.3f} to between {low:.3f} and {high:.3f}."
    return Drawn("What d hangs on: one word left out", chart, said, table)


def _line(at: float, scale: alt.Scale | None = None) -> Any:
    x = alt.X("at:Q") if scale is None else alt.X("at:Q", scale=scale)
    return alt.Chart(pd.DataFrame({"at": [at]})).mark_rule(strokeDash=[5, 4], color=LINE).encode(x=x)


def _sides(inputs: Mapping[str, Any]) -> tuple[str, str]:
    names = list((inputs.get("words") or {}).get("attributes") or {})
    return (names[0], names[1]) if len(names) == 2 else ("A", "B")
