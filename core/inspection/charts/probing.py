"""Scores by layer with their interval, between what says nothing (majority), no context (static), and the control."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

if TYPE_CHECKING:
    from core.inspection.probing.result import Probing

PROBE, STATIC, MAJORITY, CONTROL = "probe on the layer", "static word vectors", "majority answer", "control labels"
SERIES = (PROBE, STATIC, MAJORITY, CONTROL)
DASHES = ((1, 0), (8, 3), (2, 3), (5, 2, 1, 2))
TITLES = {"accuracy": "accuracy on the test rows", "f1_macro": "macro-F1 on the test rows"}


def frame(found: Probing, metric: str) -> pd.DataFrame:
    """A row for each series and layer: series, layer, score, low, high; the control is measured in accuracy only."""
    rows: list[tuple[object, ...]] = []
    for score in found.layers:
        own, static = score.metric(metric), found.static.metric(metric)
        rows.append((PROBE, score.layer, own.value, own.low, own.high))
        rows.append((STATIC, score.layer, static.value, static.low, static.high))
        rows.append((MAJORITY, score.layer, found.majority[metric], None, None))
        if metric == "accuracy":
            rows.append((CONTROL, score.layer, score.control.value, score.control.low, score.control.high))
    return pd.DataFrame(rows, columns=["series", "layer", "score", "low", "high"])


def chart(table: pd.DataFrame, metric: str) -> alt.LayerChart:
    """A line a series over the layers, with a band of 95 % around the probe's."""
    shown = [series for series in SERIES if series in set(table["series"])]
    legend = alt.Legend(
        orient="bottom", columns=2, labelLimit=0, symbolType="stroke", symbolOpacity=1, symbolStrokeWidth=3,
        symbolSize=300,
    )  # fmt: skip
    colour = alt.Color("series:N", sort=shown, title=None, legend=legend)
    dash = alt.StrokeDash(
        "series:N", sort=shown, title=None, legend=legend,
        scale=alt.Scale(domain=shown, range=[list(DASHES[SERIES.index(series)]) for series in shown]),
    )  # fmt: skip
    ticks = sorted(table["layer"].unique().tolist())
    layer = alt.X("layer:Q", title="layer (0: embeddings)", axis=alt.Axis(values=ticks, format="d", grid=False))
    score = alt.Y("score:Q", title=TITLES[metric], scale=alt.Scale(zero=False, nice=True))
    tips: list[alt.Tooltip] = [
        alt.Tooltip("series:N"),
        alt.Tooltip("layer:Q"),
        *(alt.Tooltip(name, format=".3f") for name in ("score", "low", "high")),
    ]
    base = alt.Chart(table).encode(x=layer, color=colour, tooltip=tips)
    own = base.transform_filter(alt.datum.series == PROBE)
    band = own.mark_area(opacity=0.18).encode(y=alt.Y("low:Q"), y2="high:Q")
    lines = base.mark_line(strokeWidth=2).encode(y=score, strokeDash=dash)
    dots = own.mark_point(filled=True, size=60, opacity=1).encode(y=score)
    drawn: alt.LayerChart = (band + lines + dots).properties(height=320)
    return drawn


def described(found: Probing, metric: str) -> str:
    """The chart in words."""
    best = found.best[metric]
    by_layer = ", ".join(f"{score.name} {score.metric(metric).value:.3f}" for score in found.layers)
    return (
        f"{TITLES[metric].capitalize()} by layer: {by_layer}. Static {found.static.metric(metric).value:.3f}, majority "
        f"{found.majority[metric]:.3f}. Best is layer {best.layer}."
    )
