"""The ways to reduce a bias: one file each in this folder, found by looking, in the order they name.

Importing this imports no torch; the methods do so when they run.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from core.bias.mitigation import Mitigation
from core.errors import UserProblem


def _found() -> dict[str, Mitigation]:
    modules = [import_module(f"{__name__}.{item.name}") for item in iter_modules(__path__)]
    found: list[Mitigation] = [module.MITIGATION for module in modules if hasattr(module, "MITIGATION")]
    return {one.name: one for one in sorted(found, key=lambda m: (m.order, m.name))}


MITIGATIONS: dict[str, Mitigation] = _found()


def mitigation(name: str) -> Mitigation:
    """The method of that name; UserProblem says which there are."""
    if name not in MITIGATIONS:
        raise UserProblem(f"There is no way to reduce bias called {name!r}.", f"There are: {', '.join(MITIGATIONS)}.")
    return MITIGATIONS[name]
