"""The mean distance of every target word, coloured by group: what MAC's one number hides."""

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
        found.tables["words"], "mean", neutral=1.0, title="Target words by their mean distance to the attributes",
        axis="mean cosine distance (1 is unrelated)", group="group",
    )  # fmt: skip
