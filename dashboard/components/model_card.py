"""A model's card as it lies in its folder, with the bias passport as its last section where bias was measured.

Shown as it is written: cards of imported models are foreign text.
"""

from __future__ import annotations

import streamlit as st

from dashboard.components import bias_passport
from dashboard.components.services import registry
from registry.records import ModelVersion

CARD = "README.md"


def show(version: ModelVersion) -> None:
    """Draw the card, or say that the folder has none."""
    from core.bias.passport.markdown import with_section

    text = with_section(_stored(version), bias_passport.of(version))
    if not text:
        st.caption("The model folder has no card.")
        return
    st.code(text, language="markdown", wrap_lines=True, height=560)


def _stored(version: ModelVersion) -> str:
    if CARD not in {name for name, _, _ in version.artifact.files}:
        return ""
    return (registry().artifacts.local(version.artifact) / CARD).read_text(encoding="utf-8", errors="replace")
