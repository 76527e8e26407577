"""A text, a second one beside it if there is any, and ready examples; what was typed stays while the tab is open."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

Examples = Mapping[str, tuple[str, str]]  # name -> first and second text


def ask(key: str, examples: Examples, *, height: int, placeholder: str, second_help: str) -> tuple[str, str]:
    """Draw the fields under keys that begin with `key`; both texts, "" where nothing was typed."""

    def take() -> None:
        if (name := st.session_state[f"{key}-ready"]) in examples:
            st.session_state[f"{key}-text"], st.session_state[f"{key}-pair"] = examples[name]

    st.pills("Ready examples", list(examples), key=f"{key}-ready", on_change=take)
    first, second = st.columns(2)
    with first:
        text = st.text_area("Text", key=f"{key}-text", height=height, persist_state="session", placeholder=placeholder)
    with second:
        pair = st.text_area(
            "Second text, if you like", key=f"{key}-pair", height=height, persist_state="session", help=second_help
        )
    return text or "", pair or ""
