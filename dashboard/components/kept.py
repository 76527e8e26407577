"""What a visitor's tab has computed last, so that a rerun with the same inputs computes nothing again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

Value = TypeVar("Value")


def kept(name: str, key: Hashable, make: Callable[[], Value]) -> Value:
    """The value last made under `name` where its key is still `key`, else a new one."""
    place = f"kept-{name}"
    held = st.session_state.get(place)
    if held is None or held[0] != key:
        held = st.session_state[place] = (key, make())
    value: Value = held[1]
    return value
