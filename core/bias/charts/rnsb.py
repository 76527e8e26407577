"""P(negative) of every identity word against an even spread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.bias.charts import Drawn
from core.bias.charts.by_word import drawn
from core.bias.found import Found


def charts(found: Found, inputs: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """Dots by word around the mean; none without a value, because the classifier then knows no sentiment."""
    table = found.tables.get("words")
    if table is None or found.headline.value is None:
        return ()
    return drawn(
        table, "P(negative)", neutral=float(table["P(negative)"].mean()), group="group",
        title="How negative a sentiment classifier takes each identity word for",
        axis="P(negative), mean and standard deviation over splits; dashed: the mean of all words",
        spread="standard deviation over splits", called="the mean",
    )  # fmt: skip
