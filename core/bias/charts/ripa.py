"""RIPA of every word, with the standard deviation over the pairs to both sides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.bias.charts import Drawn
from core.bias.charts.by_word import drawn
from core.bias.found import Found


def charts(found: Found, inputs: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """Dots by word; none without a table."""
    if "words" not in found.tables:
        return ()
    return drawn(
        found.tables["words"], "mean over pairs", neutral=0.0, title="RIPA by word, with its spread over the pairs",
        axis="towards the second word of the pairs  ←  mean RIPA  →  towards the first",
        spread="standard deviation over pairs",
    )  # fmt: skip
