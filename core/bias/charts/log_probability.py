"""Log-probability bias: the bias of every attribute word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.bias.charts import Drawn
from core.bias.charts.by_word import drawn
from core.bias.found import Found


def charts(found: Found, inputs: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """Dots by attribute word; none without a table."""
    if "Attributes" not in found.tables:
        return ()
    targets = (inputs.get("words") or {}).get("targets") or {}
    first, second = [*targets, "the first group", "the second group"][:2] if len(targets) >= 2 else ("first", "second")
    table = found.tables["Attributes"].rename(columns={"attribute": "word"})
    return drawn(
        table, "bias", neutral=0.0, title="Attribute words",
        axis=f"raises {second} more  ←  nats  →  raises {first} more",
    )  # fmt: skip
