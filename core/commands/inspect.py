"""`inspect`: look inside a model, and at what it reads."""

from __future__ import annotations

from core.commands.inspection import (
    attention,
    attribution,
    compare,
    example,
    fill_mask,
    geometry,
    neighbours,
    probing,
    senses,
    tokens,
    vocabulary,
    word,
)
from core.commands.options import Verbs, noun

VERBS = (
    example,
    word,
    neighbours,
    probing,
    attention,
    attribution,
    senses,
    tokens,
    vocabulary,
    fill_mask,
    geometry,
    compare,
)


def add(verbs: Verbs) -> None:
    """Add the noun and its verbs."""
    own = noun(verbs, "inspect", "look inside a model")
    for one in VERBS:
        one.add(own)
