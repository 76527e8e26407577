"""The label that is watched: one of the model's, or what a measure does by itself."""

from __future__ import annotations

import streamlit as st

from registry.records import ModelVersion


def choose(version: ModelVersion, key: str) -> str:
    """Draw the choice; "" leaves it to the measure."""
    usual = f"{version.labels[1]}, the second of two" if len(version.labels) == 2 else "all labels"
    label: str = st.selectbox(
        "Label", ["", *version.labels], key=f"{key}-{version.id}", width=320,
        format_func=lambda name: name or usual, help="Whose probability is watched; the positive one of errors.",
    )  # fmt: skip
    return label
