"""What a mitigation measured before and after, where a version was made by one; it lies in the version's facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

NAMES = {
    "title": "measure", "inputs": "on", "figure": "figure", "before": "before", "after": "after", "neutral": "neutral",
    "way": "went", "tuned": "tuned on", "note": "note",
}  # fmt: skip


def show(mitigation: Mapping[str, Any]) -> None:
    """Draw the table of before and after; nothing where there is none."""
    rows = changes(mitigation)
    if not rows:
        return
    st.subheader("Before and after the mitigation", anchor=False)
    st.caption("Measured when this version was made. A method is expected to move what it was tuned on.")
    st.dataframe(
        pd.DataFrame(rows), key="passport-mitigation", hide_index=True, width="stretch", alt="Before and after"
    )


def changes(mitigation: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows under plain names; empty where the facts hold no list of changes."""
    found = mitigation.get("changes")
    if not isinstance(found, list):
        return []
    return [
        {NAMES[name]: "yes" if value is True else "no" if value is False else value
         for name, value in one.items() if name in NAMES}
        for one in found if isinstance(one, Mapping)
    ]  # fmt: skip
