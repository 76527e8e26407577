"""The bias measures there are: one file each in this folder, found by looking, in the order they name.

Importing this imports no torch; the measures do so when they run.
"""

from __future__ import annotations

from core.bias.measure import Measure
from core.declared import declared
from core.errors import UserProblem

MEASURES: dict[str, Measure] = declared(__name__, __path__, "MEASURE", lambda one: one.order)


def measure(name: str) -> Measure:
    """The measure of that name; UserProblem says which there are."""
    if name not in MEASURES:
        raise UserProblem(f"There is no bias measure {name!r}.", f"Measures are: {', '.join(MEASURES)}.")
    return MEASURES[name]
