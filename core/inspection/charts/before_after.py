"""Two models beside each other: a figure by layer, CKA of all pairs of layers, heads, and words with two scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

if TYPE_CHECKING:
    from core.inspection.before_after.result import BeforeAfter

MEASURES: Mapping[str, tuple[str, str, str]] = {
    "cka": ("linear CKA", "the same words", "words paired at random"),
    "shift": ("1 - cosine", "a word and itself", "two different words, before"),
    "neighbours": ("share of nearest words kept", "before and after", "random neighbours"),
}  # title of the axis, of the line, of what it is to be compared with


def by_layer(found: BeforeAfter, measure: str) -> pd.DataFrame:
    """A row for each series and pair of layers: series, layer (in words), value, low, high."""
    _, own, reference = MEASURES[measure]
    figures = {"cka": found.same, "shift": found.shifts, "neighbours": found.overlaps}[measure]
    levels: dict[str, Sequence[float]] = {
        "cka": found.chance.tolist(),
        "shift": found.apart.tolist(),
        "neighbours": [found.overlap_chance] * len(found.pairs),
    }
    rows: list[tuple[object, ...]] = []
    for number, figure in enumerate(figures):
        layer = found.name(number)
        rows.append((own, layer, figure.value, figure.low, figure.high))
        rows.append((reference, layer, levels[measure][number], None, None))
    return pd.DataFrame(rows, columns=["series", "layer", "value", "low", "high"])


def layers(table: pd.DataFrame, measure: str) -> alt.LayerChart:
    """A line with the 95 % interval of every layer, and a dashed one for comparison."""
    title, own, reference = MEASURES[measure]
    legend = alt.Legend(orient="bottom", labelLimit=0, symbolType="stroke", symbolOpacity=1, symbolSize=300)
    order = list(dict.fromkeys(table["layer"]))
    series = [own, reference]
    base = alt.Chart(table).encode(
        x=alt.X("layer:O", sort=order, title="layer (0: embeddings)", axis=alt.Axis(labelAngle=0)),
        color=alt.Color("series:N", sort=series, title=None, legend=legend),
        tooltip=[alt.Tooltip("series:N"), alt.Tooltip("layer:O"),
                 *(alt.Tooltip(f"{name}:Q", format=".4f") for name in ("value", "low", "high"))],
    )  # fmt: skip
    dash = alt.StrokeDash(
        "series:N", sort=series, title=None, legend=legend, scale=alt.Scale(domain=series, range=[[1, 0], [6, 4]])
    )
    value = alt.Y("value:Q", title=title)
    whisker = base.mark_rule(strokeWidth=3, opacity=0.45).encode(y=alt.Y("low:Q", title=title), y2="high:Q")
    line = base.mark_line(strokeWidth=2).encode(y=value, strokeDash=dash)
    dots = base.transform_filter(alt.datum.series == own).mark_point(filled=True, size=60, opacity=1).encode(y=value)
    drawn: alt.LayerChart = (whisker + line + dots).properties(height=300)
    return drawn


def in_words(table: pd.DataFrame, measure: str) -> str:
    """The chart in words."""
    title, own, reference = MEASURES[measure]
    told = [
        f"{series}: " + ", ".join(f"layer {row.layer} {row.value:.3f}" for row in part.itertuples())
        for series, part in table.groupby("series", sort=False)
    ]
    return f"{title} by layer. {'. '.join(told)}."


def pairs(found: BeforeAfter) -> pd.DataFrame:
    """CKA of every layer before with every layer after: before, after, cka."""
    rows = [(before, after, float(value)) for (before, after), value in _each(found.cka)]
    return pd.DataFrame(rows, columns=["before", "after", "cka"])


def matrix(table: pd.DataFrame) -> alt.Chart:
    """The pairs as a grid, the layers of the first model from below."""
    shade = alt.Color("cka:Q", scale=alt.Scale(domain=[0, 1]), legend=alt.Legend(title="CKA", format=".1f"))
    grid = (
        alt.Chart(table)
        .mark_rect()
        .encode(
            color=shade,
            x=alt.X("after:O", title="layer after", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("before:O", title="layer before", sort="descending"),
            tooltip=["before", "after", alt.Tooltip("cka:Q", format=".4f")],
        )
    )
    drawn: alt.Chart = grid.properties(height=alt.Step(26), width=alt.Step(36))
    return drawn


def heads(rows: Sequence[Mapping[str, Any]], title: str) -> alt.Chart:
    """Change of a statistic of every head, around zero."""
    table = pd.DataFrame(rows)
    reach = max(float(table["change"].abs().max()), 1e-3)
    scale = alt.Scale(domain=[-reach, reach], scheme="blueorange")
    drawn: alt.Chart = (
        alt.Chart(table)
        .mark_rect()
        .encode(
            x=alt.X("head:O", axis=alt.Axis(labelAngle=0, orient="top")),
            y=alt.Y("layer:O"),
            color=alt.Color("change:Q", scale=scale, legend=alt.Legend(title=title, format="+.2f", orient="bottom")),
            tooltip=[
                "layer",
                "head",
                *(alt.Tooltip(f"{name}:Q", format="+.4f") for name in ("before", "after", "change")),
            ],
        )
        .properties(height=alt.Step(24), width=alt.Step(40))
    )
    return drawn


def reasons(rows: Sequence[Mapping[str, Any]], label: str) -> alt.Chart:
    """Two bars a word, in the order of the text."""
    named = [{**row, "place": f"{number} {row['word']}"} for number, row in enumerate(rows, 1)]
    table = pd.DataFrame(named).melt(["place", "word"], ["before", "after"], "model", "score").dropna()
    drawn: alt.Chart = (
        alt.Chart(table)
        .mark_bar()
        .encode(
            y=alt.Y("place:N", sort=None, title=None, axis=alt.Axis(labelLimit=160)),
            yOffset=alt.YOffset("model:N", sort=["before", "after"]),
            x=alt.X("score:Q", title=f"for {label}, in logits"),
            color=alt.Color("model:N", sort=["before", "after"], title=None, legend=alt.Legend(orient="bottom")),
            tooltip=["word", "model", alt.Tooltip("score:Q", format="+.4f")],
        )
        .properties(height=alt.Step(14))
    )
    return drawn


def _each(values: Any) -> list[tuple[tuple[int, int], float]]:
    return [((row, column), values[row, column]) for row in range(len(values)) for column in range(len(values[0]))]
