"""CrowS-Pairs: the share of pairs by kind of bias and by rule of scoring, with intervals and the neutral 50 %."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from core.bias.charts import Drawn, on_axis
from core.bias.found import Figure, Found

PARTS = {
    "By kind of bias": ("kind of bias", "more stereotyping preferred, %"),
    "By direction": ("direction", "more stereotyping preferred, %"),
    "Rules side by side": ("rule", "preferred, %"),
}


def charts(found: Found, inputs: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """A chart for each of the tables by kind, by direction and by rule that is there."""
    return tuple(
        _drawn(title, found.tables[title], *columns) for title, columns in PARTS.items() if title in found.tables
    )  # fmt: skip


def _drawn(title: str, table: pd.DataFrame, name: str, share: str) -> Drawn:
    like = Figure(title, title, 50.0, least=0.0, most=100.0)
    rows = [
        (f"{who} ({pairs})", Figure(title, title, value, low=low, high=high, note="No pair."))
        for who, value, low, high, pairs in zip(*(table[each] for each in (name, share, "low", "high", "pairs")),
                                                strict=True)
    ]  # fmt: skip
    rows = [(who, one) for who, one in rows if one.value is not None]
    drawn = on_axis.frame(rows)
    return Drawn(title, on_axis.chart(drawn, like, 50.0, "%"), on_axis.described(drawn, 50.0))
