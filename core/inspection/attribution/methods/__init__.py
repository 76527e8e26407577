"""The attribution methods by name, the best first choice first; each file ends with its declaration."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import UserProblem
from core.inspection.attribution.method import Method
from core.inspection.attribution.methods import attention, contributions, gradient_norm, integrated_gradients, occlusion

METHODS: Mapping[str, Method] = {
    one.METHOD.name: one.METHOD for one in (contributions, occlusion, integrated_gradients, gradient_norm, attention)
}


def method_named(name: str) -> Method:
    """The method of that name; UserProblem names the ones there are."""
    if name not in METHODS:
        raise UserProblem(f"There is no method {name!r}.", f"Methods are: {', '.join(METHODS)}.")
    return METHODS[name]
