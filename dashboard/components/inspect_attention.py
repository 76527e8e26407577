"""Attention: all heads of a model over one text, or a pair, and each head word by word."""

from __future__ import annotations

import streamlit as st

from dashboard.components import attention_head, attention_heads, attention_text, inspected, problems
from dashboard.components.attention_kept import kept
from dashboard.components.plain import escape
from registry.records import ModelVersion


def show(version: ModelVersion) -> None:
    """Draw the view for one model."""
    from core.inspection.attention import told

    st.caption(escape(told.LIMITS, limit=1000))
    text, pair = attention_text.ask()
    if not text.strip() and pair is None:
        st.info("Type a text, or click a ready example.", icon=":material/edit:")
        return
    with problems.told():
        inspected.subject(version.id)  # its own spinner: the first visitor waits for the model
        found = kept(version.id, text, pair)
        for sentence in told.notes(found.attention.reading):
            st.caption(f":material/info: {escape(sentence)}")
        attention_heads.show(version, found)
        attention_head.show(version, found)
