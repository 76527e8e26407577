"""A text longer than the classifier's sight: which part to explain, and what it would answer to every part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import inspected
from dashboard.components.attribution_form import Asked
from dashboard.components.kept import kept

if TYPE_CHECKING:
    from core.inference.classifier import Classifier
    from core.inspection.attribution.windows import Window

BEGINS = 40  # characters of a part that its name shows


def choose(classifier: Classifier, asked: Asked, key: str) -> Asked:
    """The question about the part that was chosen; as it was where the classifier sees all of the text."""
    from core.inspection.attribution.windows import spans

    if asked.pair is not None or len(places := spans(classifier, asked.text)) < 2:
        return asked
    st.caption(
        f"The classifier reads the first of {len(places)} parts and decides by it. Any other part can be explained "
        "as if it were the whole text."
    )
    part = st.selectbox(
        "Part of the text", range(len(places)), key=f"{key}-part", width=420,
        format_func=lambda number: _name(asked.text, number, places[number]),
    )  # fmt: skip
    with st.expander("What it would answer to every part", icon=":material/view_agenda:", key=f"{key}-parts"):
        if st.button("Answer to every part", key=f"{key}-parts-go"):
            st.session_state[f"{key}-parts-text"] = asked.text
        if st.session_state.get(f"{key}-parts-text") == asked.text:
            st.dataframe(table(_answers(classifier, asked.text, key)), hide_index=True, key=f"{key}-parts-table")
    start, end = places[part]
    return replace(asked, text=asked.text[start:end])


def table(found: list[Window]) -> pd.DataFrame:
    """One row a part."""
    rows = [(number, one.start, one.end, one.label, one.score) for number, one in enumerate(found, 1)]
    return pd.DataFrame(rows, columns=["part", "from character", "to", "label", "probability"])


def _answers(classifier: Classifier, text: str, key: str) -> list[Window]:
    from core.inspection.attribution.windows import windows

    def make() -> list[Window]:
        with st.spinner("Reading every part …"), inspected.TURN:
            return windows(classifier, text)

    return kept(f"{key}-windows", (text,), make)


def _name(text: str, number: int, place: tuple[int, int]) -> str:
    begins = " ".join(text[place[0] : place[1]].split())[:BEGINS]
    return f"{number + 1}: {begins} …"
