"""Sentences from a dataset in place of our own: which version, which rows."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.components import choose_dataset

OURS, THEIRS = "Neutral sentences of ours", "Texts of a dataset"


def choose(key: str) -> tuple[dict[str, Any], str]:
    """Draw the choice; what `Asked` takes of it, and why nothing can be measured ("" where something can)."""
    which = st.segmented_control(
        "Sentences with the words", [OURS, THEIRS], default=OURS, required=True, key=f"{key}-which",
        help="Words are looked for as whole words; one with a capital only as it is written.",
    )  # fmt: skip
    if which != THEIRS:
        return {}, ""
    data = choose_dataset.choose(f"{key}-dataset")
    if data is None:
        return {}, "A dataset is wanted: upload a file, or take our sentences."
    splits = ["all rows", *(name for name, count in data.rows.items() if count)]
    split = st.selectbox("Rows", splits, key=f"{key}-split")
    return {"dataset": data.id, "split": None if split == splits[0] else split}, ""
