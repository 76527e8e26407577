"""A model's twin that hands out attention: the same weights, attention computed step by step."""

from __future__ import annotations

import copy
from typing import Any


def eager(model: Any) -> Any:
    """The twin of a transformers model; it shares every parameter and buffer and holds none of its own."""
    shared = {id(weight): weight for weight in (*model.parameters(), *model.buffers())}
    twin = copy.deepcopy(model, shared)
    twin.set_attn_implementation("eager")
    return twin
