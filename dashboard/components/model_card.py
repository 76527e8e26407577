"""A model's card as it lies in its folder. Shown as it is written: cards of imported models are foreign text."""

from __future__ import annotations

import streamlit as st

from dashboard.components.services import registry
from registry.records import ModelVersion

CARD = "README.md"


def show(version: ModelVersion) -> None:
    """Draw the card, or say that the folder has none."""
    if CARD not in {name for name, _, _ in version.artifact.files}:
        st.caption("The model folder has no card.")
        return
    text = (registry().artifacts.local(version.artifact) / CARD).read_text(encoding="utf-8", errors="replace")
    st.code(text, language="markdown", wrap_lines=True, height=560)
