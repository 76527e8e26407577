"""Tokens: what the model's tokenizer makes of a text, of a dataset, and beside another model's."""

from __future__ import annotations

import streamlit as st

from dashboard.components import (
    inspect_tokens_statistics,
    inspect_tokens_text,
    inspect_tokens_vocabulary,
    inspected,
    problems,
)
from registry.records import ModelVersion

PARTS = {
    "A text": inspect_tokens_text.show,
    "Pieces a word": inspect_tokens_statistics.show,
    "Another vocabulary": inspect_tokens_vocabulary.show,
}


def show(version: ModelVersion) -> None:
    """Draw the view for one model."""
    st.caption(
        "BERT reads pieces, not words. Here you see which pieces become of your text, on your own characters, and what "
        "the model never sees: what is cut, folded, unknown or dropped. How many pieces a word takes says what fits "
        "into an input; it does not say how well the model understands the word."
    )
    part = st.segmented_control(
        "What to look at", list(PARTS), default="A text", required=True, key="tokens-part",
        label_visibility="collapsed",
    )  # fmt: skip
    with problems.told():
        PARTS[part or "A text"](version, inspected.subject(version.id))
