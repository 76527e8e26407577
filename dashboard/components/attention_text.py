"""The text that attention is shown for, a second one if there is any, and ready examples."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

TEXT, PAIR, READY = "attention-text", "attention-pair", "attention-ready"
EXAMPLES: Mapping[str, tuple[str, str]] = {
    "A split word": ("The sommelier re-corked the amontillado because it was unexpectedly good.", ""),
    "A pronoun": ("Fortunato followed his friend into the vaults, for he trusted him.", ""),
    "Question and answer": ("Where is the cask of amontillado?", "It lies in the vaults below the palace."),
}


def ask() -> tuple[str, str | None]:
    """Draw the fields; the text, and the second one or None."""
    st.pills("Ready examples", list(EXAMPLES), key=READY, on_change=_take)
    first, second = st.columns(2)
    with first:
        text = st.text_area("Text", key=TEXT, height=110, persist_state="session", placeholder="Type a sentence or two")
    with second:
        pair = st.text_area(
            "Second text, if you like", key=PAIR, height=110, persist_state="session",
            help="The model reads both as one input, so attention can go from one text to the other.",
        )  # fmt: skip
    return text or "", pair if pair and pair.strip() else None


def _take() -> None:
    if (name := st.session_state[READY]) in EXAMPLES:
        st.session_state[TEXT], st.session_state[PAIR] = EXAMPLES[name]
