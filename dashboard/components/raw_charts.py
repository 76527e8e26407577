"""How long the sentences of raw text are, in words and in word pieces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import streamlit as st

from dashboard.components import charts

UNITS = {"words": "words", "pieces": "word pieces"}


def lengths(measured: Mapping[str, Any], key: str) -> None:
    """Draw both histograms side by side; the one of word pieces only where it was measured."""
    drawn = {unit: measured[unit] for unit in UNITS if measured.get(unit) and measured[unit]["bins"]}
    if not drawn:
        st.caption("No sentence was left to measure.")
        return
    for place, (unit, histogram) in zip(st.columns(len(drawn), gap="medium"), drawn.items(), strict=True):
        with place:
            words = said(histogram, UNITS[unit])
            st.altair_chart(chart(histogram, UNITS[unit]), key=f"{key}-{unit}-lengths", alt=words, width="stretch")
            st.caption(words)


def chart(histogram: Mapping[str, Any], unit: str) -> alt.Chart:
    """A bar a bin; the last, open one is drawn as wide as the others."""
    axis = alt.Axis(format=",d", tickCount=8, tickMinStep=1)
    drawn: alt.Chart = (
        alt.Chart(charts.lengths_frame(histogram["bins"]))
        .mark_bar(binSpacing=1, orient="vertical")
        .encode(
            x=alt.X("start:Q", title=f"{unit} in a sentence", scale=alt.Scale(nice=False), axis=axis),
            x2="end:Q",
            y=alt.Y("texts:Q", title="sentences", axis=alt.Axis(format=",d", tickCount=5, tickMinStep=1)),
            tooltip=[alt.Tooltip("range:N", title=unit), alt.Tooltip("texts:Q", title="sentences", format=",d")],
        )
        .properties(height=230)
    )
    return drawn


def said(histogram: Mapping[str, Any], unit: str) -> str:
    """The lengths in a sentence."""
    words = (
        f"Half of the sentences have at most {histogram['median']:,} {unit}, the longest has {histogram['longest']:,}."
    )
    return words + (f" Measured on {histogram['measured']:,} drawn at random." if histogram.get("sampled") else "")
