"""Choose a training method: each with when to choose it, taken from the method's own declaration."""

from __future__ import annotations

import streamlit as st

from core.training.contract import Method
from dashboard.components.plain import escape

USUAL = "linear_probe"


def choose(key: str, first: str | None = None) -> Method:
    """Radio buttons over all methods, `first` chosen at first; the line under each says when to choose it."""
    from core.training.methods import METHODS

    names = list(METHODS)
    name = st.radio(
        "Method",
        names,
        index=next((names.index(name) for name in (first, USUAL) if name in names), 0),
        format_func=lambda name: escape(METHODS[name].title),
        captions=[escape(METHODS[name].summary) for name in names],
        key=key,
    )
    return METHODS[name]


def title(name: str | None) -> str:
    """What people call the method `name`; a model that no method here made was imported."""
    from core.training.methods import METHODS

    return METHODS[name].title if name in METHODS else name or "Imported"
