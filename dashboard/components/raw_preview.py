"""The first documents of raw text, one numbered sentence a line, so that every border is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.components.plain import escape


def show(documents: Sequence[Mapping[str, Any]], key: str) -> None:
    """Draw the documents in a box that scrolls."""
    if not documents:
        st.caption("No sentence was found.")
        return
    with st.container(border=True, height=430, key=key):
        for document in documents:
            held_out = " · held out" if document.get("split") == "holdout" else ""
            st.caption(f"Document {document['document'] + 1:,} · {escape(document['name'])}{held_out}")
            st.text(lines(document))


def lines(document: Mapping[str, Any]) -> str:
    """The sentences with their numbers, and a sign where more follow."""
    numbered = [f"{number}  {sentence}" for number, sentence in enumerate(document["sentences"], start=1)]
    return "\n".join([*numbered, "…"] if document.get("more") else numbered)
