"""The way from one thing back to the page it stands on, by taking names out of the address."""

from __future__ import annotations

import streamlit as st

from dashboard.components import url


def button(label: str, *names: str, icon: str = ":material/arrow_back:") -> None:
    """A quiet button that drops `names` from the address."""
    st.button(label, key=f"back-{label}", icon=icon, type="tertiary", on_click=_drop, args=names)


def _drop(*names: str) -> None:
    url.put(**dict.fromkeys(names))
