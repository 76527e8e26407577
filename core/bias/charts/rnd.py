"""The relative distance of every neutral word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.bias.charts import Drawn
from core.bias.charts.by_word import drawn
from core.bias.found import Found


def charts(found: Found, inputs: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """Dots by word, in the variant that the headline has; none without a table."""
    if "words" not in found.tables:
        return ()
    by = "by similarity" if "cosine" in found.headline.title else "by distance"
    first, second = [*((inputs.get("words") or {}).get("targets") or {"the first": 0, "the second": 0})][:2]
    return drawn(
        found.tables["words"], by, neutral=0.0, title="Neutral words between the two groups",
        axis=f"nearer to {first}  ←  {by}  →  nearer to {second}",
    )  # fmt: skip
