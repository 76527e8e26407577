"""The measures of a proof as one table, and their differences as charts: before, after, difference with interval, n."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from dashboard.components.proof_words import CHANGES, MEASURES, UNITS

MINUS, UNKNOWN = "−", "–"


def frame(values: Mapping[str, Any]) -> pd.DataFrame:
    """One row a measure with figures of both sides, or of the child alone where there is no before."""
    rows = [row(name, value) for name, value in values.items() if name in MEASURES and name != "moved_neighbours"]
    return pd.DataFrame(rows)


def row(name: str, value: Mapping[str, Any]) -> dict[str, str]:
    """One measure in words and written numbers."""
    _, title, direction, things = MEASURES[name]
    paired, after = value.get("paired"), value.get("after") or {}
    if paired is None:
        return {
            "measure": title,
            "after": bounds(_loss(after)),
            "n": f"{after.get('n', 0):,} {things}",
            "better": direction,
        }
    unit = " (a word)" if str(paired["what"]).endswith(" a word") and name != "pieces_per_word" else ""
    return {
        "measure": title + unit,
        "before": _number(paired["before"], False),
        "after": _number(paired["after"], False),
        "difference, 95 % interval": bounds(paired["interval"], signed=True),
        "verdict": CHANGES.get(paired["change"], paired["change"]),
        "n": f"{paired['n']:,} {things}",
        "better": direction,
    }


def _loss(side: Mapping[str, Any]) -> Mapping[str, Any]:
    """The figure that stands for a side: the loss behind a perplexity, the last of its layers, else its value."""
    return side.get("loss") or (side.get("layers") or [{}])[-1] or side.get("value") or {}


def bounds(interval: Mapping[str, Any], *, signed: bool = False) -> str:
    """A value with its bounds, with signs where it is a difference."""
    if interval.get("value") is None:
        return UNKNOWN
    written = [_number(interval.get(name), signed) for name in ("value", "low", "high")]
    return written[0] + ("" if UNKNOWN in written[1:] else f" ({written[1]} to {written[2]})")


def _number(value: float | None, signed: bool) -> str:
    if value is None:
        return UNKNOWN
    return f"{value:+.3f}".replace("-", MINUS) if signed else f"{value:.3f}".replace("-", MINUS)


def differences(values: Mapping[str, Any], unit: str) -> pd.DataFrame:
    """One row a measure of a unit with a before: metric, difference, low, high, in the form of the difference chart.

    Signs are turned where lower is better, so that right of zero is always better.
    """
    rows = []
    for name in UNITS[unit]:
        paired = values.get(name, {}).get("paired")
        if not paired or paired["interval"].get("low") is None:
            continue
        turn = -1 if MEASURES[name][2] == "lower" else 1
        low, high = sorted((turn * paired["interval"]["low"], turn * paired["interval"]["high"]))
        rows.append((MEASURES[name][0], turn * paired["difference"], low, high))
    return pd.DataFrame(rows, columns=["metric", "difference", "low", "high"])


def layers(values: Mapping[str, Any]) -> pd.DataFrame:
    """How well each layer tells senses apart, before and after: layer, side, value, low, high."""
    rows = [
        (number, side, each["value"], each.get("low"), each.get("high"))
        for side in ("before", "after")
        for number, each in enumerate((values.get("homonyms", {}).get(side) or {}).get("layers", ()))
    ]
    return pd.DataFrame(rows, columns=["layer", "side", "value", "low", "high"])


def layer_chart(table: pd.DataFrame, context: float | None) -> alt.LayerChart:
    """A line a side over the layers with its whiskers; a dashed line for what the other words alone tell."""
    scale = alt.Scale(zero=False, padding=6)
    layer = alt.X("layer:O", title="layer (0: embeddings)", axis=alt.Axis(labelAngle=0))
    drawn = alt.Chart(table).encode(
        x=layer,
        xOffset=alt.XOffset("side:N", sort=["before", "after"], scale=alt.Scale(paddingInner=0.7, paddingOuter=0.4)),
        color=alt.Color("side:N", title=None, sort=["before", "after"], legend=alt.Legend(orient="top")),
        tooltip=["side", "layer", *(alt.Tooltip(name, format=".3f") for name in ("value", "low", "high"))],
    )
    whisker = drawn.mark_rule(strokeWidth=3, strokeCap="round", opacity=0.5).encode(
        y=alt.Y("low:Q", title=None, scale=scale), y2="high:Q"
    )
    dot = drawn.mark_point(filled=True, size=80, opacity=1).encode(y=alt.Y("value:Q", scale=scale))
    rule = alt.Chart(pd.DataFrame({"context": [context or 0.5]})).mark_rule(strokeDash=[5, 4], color="#8A8178")
    whole: alt.LayerChart = (rule.encode(y=alt.Y("context:Q", scale=scale)) + whisker + dot).properties(height=280)
    return whole


def moved(values: Mapping[str, Any], most: int = 25) -> pd.DataFrame:
    """The words that moved most: their nearest neighbours before and after, best first."""
    words = values.get("moved_neighbours", {}).get("words", ())
    return pd.DataFrame(
        [
            {
                "word": each["word"],
                "in common": f"{100 * each['overlap']:.0f} %",
                "times seen": each["occurrences"],
                "nearest before": ", ".join(each["before"][:6]),
                "nearest after": ", ".join(each["after"][:6]),
            }
            for each in words[:most]
        ]
    )
