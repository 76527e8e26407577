"""Not drawn yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.records import BiasResult

if TYPE_CHECKING:
    from core.bias.found import Found
    from core.bias.measure import Measure


def show(result: BiasResult, measure: Measure, found: Found) -> None:
    """Draw the comparison."""
