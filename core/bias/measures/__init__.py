"""The bias measures there are: one file each in this folder, found by looking, in the order they name.

Importing this imports no torch; the measures do so when they run.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from core.bias.measure import Measure
from core.errors import UserProblem


def _found() -> dict[str, Measure]:
    modules = [import_module(f"{__name__}.{item.name}") for item in iter_modules(__path__)]
    found: list[Measure] = [module.MEASURE for module in modules if hasattr(module, "MEASURE")]
    return {measure.name: measure for measure in sorted(found, key=lambda m: (m.order, m.name))}


MEASURES: dict[str, Measure] = _found()


def measure(name: str) -> Measure:
    """The measure of that name; UserProblem says which there are."""
    if name not in MEASURES:
        raise UserProblem(f"There is no bias measure {name!r}.", f"Measures are: {', '.join(MEASURES)}.")
    return MEASURES[name]
