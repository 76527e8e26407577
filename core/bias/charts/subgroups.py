"""Groups by areas as a heat map, empty where n is too small; and the rates of every group with their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from core.bias.charts import Drawn
from core.bias.found import Found
from core.bias.subgroups.areas import KINDS
from core.bias.subgroups.rates import RATES
from core.bias.subgroups.summary import RANKING
from core.bias.subgroups.summary import RATES as DECISIONS

ROW, MOST = 30, 3  # pixels of a group; labels drawn


def charts(found: Found, inputs: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """A heat map a label, at most MOST, then the rates of the first label."""
    areas, rates = found.tables[RANKING], found.tables[DECISIONS]
    maps = [heat(areas[areas["label"] == label], str(label)) for label in list(areas["label"].unique())[:MOST]]
    return (*maps, *(by_rate(rates[rates["label"] == label], str(label)) for label in rates["label"].unique()[:1]))


def heat(table: pd.DataFrame, label: str) -> Drawn:
    """AUCs from 0.5 to 1; equality gaps around 0 stand in the same grid as numbers and are shaded by their size."""
    gap = table["area"].str.startswith("AEG")
    value = table["value"]
    shade = (value - 0.5).clip(lower=0) / 0.5
    shade = shade.where(~gap, 1 - (value.abs() / 0.5).clip(upper=1))
    written = value.map("{:.2f}".format).where(value.notna(), "n too small")
    table = table.assign(shade=shade.astype(float), written=written)
    base = alt.Chart(table).encode(
        x=alt.X("area:N", sort=list(KINDS), title=None, axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("group:N", sort=None, title=None, axis=alt.Axis(labelLimit=170)),
        tooltip=["group:N", "area:N", alt.Tooltip("value:Q", format=".4f"), alt.Tooltip("low:Q", format=".4f"),
                 alt.Tooltip("high:Q", format=".4f"), "n first:Q", "n second:Q", "note:N"],
    )  # fmt: skip
    colour = alt.Color("shade:Q", scale=alt.Scale(domain=[0, 1], range=["#C8742B", "#F3E3CF", "#E4EEF1"]), legend=None)
    cells = base.transform_filter("isValid(datum.shade)").mark_rect().encode(color=colour)
    inside = base.transform_filter("isValid(datum.shade)").mark_text(fontSize=12, color="#2B2622").encode(
        text="written:N"
    )  # fmt: skip
    empty = base.transform_filter("!isValid(datum.shade)").mark_text(fontSize=11, color="#8A8178").encode(
        text="written:N"
    )  # fmt: skip
    chart = (cells + inside + empty).properties(height=alt.Step(ROW))
    said = "; ".join(f"{row['group']} {row['area']} {row['written']}" for row in table.to_dict("records"))
    title = f"Ranking by group, label {label}"
    alt_text = f"{title}. The darker a cell, the lower its AUC, or the larger its equality gap: {said}."
    return Drawn(title, chart, alt_text, table.drop(columns=["shade", "written"]))


def by_rate(rates: pd.DataFrame, label: str, title: str = "") -> Drawn:
    """A panel a rate, a dot with its Wilson interval for each group that has one."""
    table = long(rates).assign(kind="this")
    title = title or f"Decisions by group, label {label}"
    base = alt.Chart(table).encode(
        y=alt.Y("group:N", sort=None, title=None, axis=alt.Axis(labelLimit=150, ticks=False, domain=False)),
        color=alt.Color("kind:N", legend=None),
        tooltip=["group:N", "rate:N", *(alt.Tooltip(f"{name}:Q", format=".3f") for name in ("value", "low", "high")),
                 "n:Q"],
    )  # fmt: skip
    scale = alt.Scale(domain=[0, 1])
    axis = alt.Axis(values=[0, 0.5, 1], format=".1f")
    whisker = base.mark_rule(strokeWidth=3, strokeCap="round", opacity=0.55).encode(
        x=alt.X("low:Q", scale=scale, title=None, axis=axis), x2="high:Q"
    )
    dot = base.mark_point(filled=True, size=70, opacity=1).encode(x=alt.X("value:Q", scale=scale, axis=axis))
    panel = (whisker + dot).properties(width=145, height=alt.Step(ROW))
    chart = panel.facet(facet=alt.Facet("rate:N", sort=list(RATES), title=None), columns=2)
    said = "; ".join(
        f"{row['group']} {row['rate']} {row['value']:.2f} ({row['low']:.2f} to {row['high']:.2f}, n {row['n']})"
        for row in table.to_dict("records")
    )
    return Drawn(title, chart, f"{title}: {said}.", table.drop(columns="kind"))


def long(rates: pd.DataFrame) -> pd.DataFrame:
    """A row a group and rate that has a value: group, rate, value, low, high, n."""
    of = {"selection rate": "rows", "TPR": "positives", "FPR": "negatives", "accuracy": "rows"}
    rows = [
        (row["group"], name, row[name], row[f"{name} low"], row[f"{name} high"], int(row[of[name]]))
        for row in rates.to_dict("records") for name in RATES if row[name] == row[name]
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["group", "rate", "value", "low", "high", "n"])
