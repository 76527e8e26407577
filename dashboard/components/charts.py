"""Charts of a dataset: rows of each label by split, and how long the texts are.

Colours come from the theme, so both charts follow light and dark; every chart says in words what it shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from dashboard.components.plain import visible
from dashboard.components.quantities import count, share

SPLITS = ("train", "validation", "test")
MOST = 25  # labels drawn; the rest are named in the table


def balance(counts: Mapping[str, Mapping[str, int]], key: str) -> None:
    """Draw rows of each label by split, the largest first; beyond `MOST` labels the rest stand in a table."""
    frame = balance_frame(counts)
    order = frame.groupby("label")["rows"].sum().sort_values(ascending=False, kind="stable").index.tolist()
    drawn = frame[frame["label"].isin(order[:MOST])]
    st.altair_chart(
        balance_chart(drawn, order[:MOST]), key=f"{key}-balance", alt=balance_words(frame, order), width="stretch"
    )
    if len(order) > MOST:
        st.caption(f"The {MOST} largest of {count(len(order), 'label')}.")
    with st.expander("As a table", key=f"{key}-balance-table"):
        table = frame.pivot_table(index="label", columns="split", values="rows", aggfunc="sum", fill_value=0)
        st.dataframe(table.reindex(order)[[name for name in SPLITS if name in table]], key=f"{key}-balance-rows")


def balance_frame(counts: Mapping[str, Mapping[str, int]]) -> pd.DataFrame:
    """One row a label and split: label, split, rows, place (0 for train, so that bars stack in order)."""
    rows = [
        (visible(label), split, int(by_split.get(split, 0)), place)
        for label, by_split in counts.items()
        for place, split in enumerate(SPLITS)
        if any(other.get(split) for other in counts.values())
    ]
    return pd.DataFrame(rows, columns=["label", "split", "rows", "place"])


def balance_chart(frame: pd.DataFrame, order: list[str]) -> alt.Chart:
    """A horizontal bar a label, stacked by split."""
    present = [name for name in SPLITS if name in set(frame["split"])]
    names = alt.Axis(labelLimit=170, labelOverlap=False, labelFlush=False, ticks=False, domain=False)
    chart: alt.Chart = (
        alt.Chart(frame)
        .mark_bar(height={"band": 0.72}, cornerRadius=2)
        .encode(
            y=alt.Y("label:N", sort=order, title=None, axis=names),
            x=alt.X("rows:Q", title=None, axis=_axis(5)),
            color=alt.Color("split:N", title=None, scale=alt.Scale(domain=present), legend=alt.Legend(orient="bottom")),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("label:N", title="label"),
                alt.Tooltip("split:N", title="split"),
                alt.Tooltip("rows:Q", title="rows", format=",d"),
            ],
        )
        .properties(height=alt.Step(26 if len(order) <= 12 else 19))
    )
    return chart


def balance_words(frame: pd.DataFrame, order: list[str]) -> str:
    """The balance for those who cannot see the chart."""
    totals = frame.groupby("label")["rows"].sum()
    named = ", ".join(f"{label} {totals[label]:,}" for label in order[:8])
    return f"Rows of each label, largest first: {named}" + (" and more" if len(order) > 8 else "")


def lengths(histogram: Mapping[str, Any], key: str) -> None:
    """Draw how many texts have how many tokens, with a line where the chosen maximum cuts."""
    if not histogram.get("bins"):
        st.caption("No text was left to measure.")
        return
    st.altair_chart(
        lengths_chart(lengths_frame(histogram["bins"]), histogram),
        key=f"{key}-lengths",
        alt=lengths_words(histogram),
        width="stretch",
    )
    st.caption(lengths_words(histogram))


def lengths_frame(bins: Sequence[Mapping[str, int]]) -> pd.DataFrame:
    """One row a bin: start, end, texts, range in words; the open last bin is drawn as wide as the others."""
    width = bins[0]["to"] - bins[0]["from"]
    rows = []
    for item in bins:
        start, end = item["from"], item["to"]
        said = (
            f"{start:,} or more" if end - start > width else f"{start:,} to {end - 1:,}" if width > 1 else f"{start:,}"
        )
        rows.append((start, min(end, start + width), item["count"], said))
    return pd.DataFrame(rows, columns=["start", "end", "texts", "range"])


def lengths_chart(frame: pd.DataFrame, histogram: Mapping[str, Any]) -> alt.LayerChart:
    """A histogram, with a dashed line at the maximum where tokens were counted and the line is in sight."""
    unit, end = histogram["unit"], float(frame["end"].max())
    near = unit == "tokens" and histogram["max_length"] <= 1.5 * end
    reach = max(end, histogram["max_length"]) if near else end
    bars = (
        alt.Chart(frame)
        .mark_bar(binSpacing=1, orient="vertical")
        .encode(
            x=alt.X(
                "start:Q", title=f"{unit} in a text", scale=alt.Scale(domain=[0, reach], nice=False), axis=_axis(8)
            ),
            x2="end:Q",
            y=alt.Y("texts:Q", title="texts", axis=_axis(5)),
            tooltip=[alt.Tooltip("range:N", title=unit), alt.Tooltip("texts:Q", format=",d")],
        )
    )
    cut = pd.DataFrame({"cut": [histogram["max_length"]] if near else []})
    line = alt.Chart(cut).mark_rule(strokeDash=[5, 4], strokeWidth=2, color="#C0504D")
    line = line.encode(x="cut:Q", tooltip=[alt.Tooltip("cut:Q", title="tokens seen", format=",d")])
    return alt.layer(bars, line).properties(height=230)  # type: ignore[return-value]


def _axis(ticks: int) -> alt.Axis:
    return alt.Axis(format=",d", tickCount=ticks, tickMinStep=1)


def lengths_words(histogram: Mapping[str, Any]) -> str:
    """The lengths in a sentence: the middle, the longest, and how much the maximum cuts."""
    unit, limit = histogram["unit"], histogram["max_length"]
    said = (
        f"Half of the texts have at most {histogram['median']:,.0f} {unit}, the longest has {histogram['longest']:,}."
    )
    if unit == "tokens" and histogram["truncated"]:
        cut = count(histogram["truncated"], "text")
        said += f" The model sees {limit} tokens: {cut} ({share(histogram['truncated_share'])}) are cut there."
    elif unit == "tokens":
        said += f" The model sees {limit} tokens: no text is cut."
    if histogram.get("sampled"):
        said += f" Measured on {histogram['measured']:,} texts drawn at random."
    return said
