"""What the address says: which dataset, model or run a page shows, and how a list is filtered.

The address is the only memory that outlives a tab, so ids and names live there and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st


def asked(name: str) -> str | None:
    """What the address says for `name`, or None."""
    value = st.query_params.get(name)
    return value or None


def asked_version(name: str = "version") -> int | None:
    """The version number in the address, or None where there is none or it is no number."""
    value = st.query_params.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def put(**values: str | int | None) -> None:
    """Write `values` into the address; None removes the name."""
    for name, value in values.items():
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != str(value):
            st.query_params[name] = str(value)


def follow(name: str, key: str, words: Mapping[str, Any], otherwise: Any) -> Callable[[], None]:
    """Set the widget `key`, not yet drawn, to what the address says for `name`; the answer is its `on_change`.

    words: word in the address -> value of the widget. `otherwise` is the value where the address has none of them; it
    has no word of its own, so that an address says no more than was chosen.
    """
    st.session_state[key] = words.get(asked(name) or "", otherwise)

    def write() -> None:
        chosen = st.session_state[key]
        put(**{name: next((word for word, value in words.items() if value == chosen), None)})

    return write


def dataset(name: str, version: int | None = None) -> dict[str, str]:
    """The address part that names a dataset, or one version of it."""
    return {"dataset": name} | ({} if version is None else {"version": str(version)})


def model(name: str, version: int | None = None) -> dict[str, str]:
    """The address part that names a registered model, or one version of it."""
    return {"model": name} | ({} if version is None else {"version": str(version)})


def run(run_id: str) -> dict[str, str]:
    """The address part that names a run."""
    return {"run": run_id}
