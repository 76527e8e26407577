"""The ways to reduce a bias: one file each in this folder, found by looking, in the order they name.

Importing this imports no torch; the methods do so when they run.
"""

from __future__ import annotations

from core.bias.mitigation import Mitigation
from core.declared import declared
from core.errors import UserProblem

MITIGATIONS: dict[str, Mitigation] = declared(__name__, __path__, "MITIGATION", lambda one: one.order)


def mitigation(name: str) -> Mitigation:
    """The method of that name; UserProblem says which there are."""
    if name not in MITIGATIONS:
        raise UserProblem(f"There is no way to reduce bias called {name!r}.", f"There are: {', '.join(MITIGATIONS)}.")
    return MITIGATIONS[name]
