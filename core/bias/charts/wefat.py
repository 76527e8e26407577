"""WEFAT drawn: every word on the line from B to A, and against the numbers that were given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from core.bias.charts import Drawn
from core.bias.charts.weat import of_words
from core.bias.found import Found


def charts(found: Found, inputs: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """One dot a word; a scatter where there are numbers to compare with."""
    table = found.tables["words"]
    drawn = [of_words(table, inputs)] if len(table) else []
    if "value" in table.columns and table["value"].notna().any():
        drawn.append(_against(table.dropna(subset=["value", "standardised"]), found))
    return tuple(drawn)


def _against(table: pd.DataFrame, found: Found) -> Drawn:
    base = alt.Chart(table).encode(
        x=alt.X("value:Q", title="the number given", scale=alt.Scale(zero=False)),
        y=alt.Y("standardised:Q", title="association, standardised"),
        tooltip=["word:N", "value:Q", alt.Tooltip("standardised:Q", format="+.3f")],
    )
    dots = base.mark_point(filled=True, size=55, opacity=0.9)
    names = base.mark_text(align="left", dx=6, fontSize=10).encode(text="word:N")
    r = "" if found.headline.value is None else f", r = {found.headline.value:.3f}"
    return Drawn("Association against the number given", (dots + names).properties(height=360),
                 f"{len(table)} words: the number given across, the association up{r}.", table)  # fmt: skip
