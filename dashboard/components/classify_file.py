"""Classify a file: staged on disk at once, its columns confirmed, then a run that streams it through the model."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import held, problems, url
from dashboard.components.classify_text import takes_pairs
from dashboard.components.plain import escape
from dashboard.components.services import registry, who
from registry.records import ModelVersion

INPUT = "input"


def show(version: ModelVersion) -> None:
    """Draw the drop area or, for a file that is there, its columns and the button."""
    with problems.told():
        staged = held.file(INPUT)
        if staged is None:
            held.uploader("File with texts", INPUT, help_text="CSV, TSV, Excel, Parquet, JSON lines; also .gz or .zip.")
            st.caption("Every column of the file comes back in the result. A million rows are fine.")
            return
        with st.container(horizontal=True, vertical_alignment="center", key="held-input"):
            st.text(staged.name)
            st.button("Another file", key="drop-input", on_click=held.drop, args=(INPUT,), type="tertiary")
        _columns(version, staged)


def _columns(version: ModelVersion, staged: Any) -> None:
    facts = read(staged.id, staged)
    columns = list(facts.columns)
    left, right = st.columns(2)
    with left:
        text = st.selectbox("Text column", columns, index=guessed(facts), key=f"text-column-{staged.id}")
    pair = None
    if takes_pairs(version):
        with right:
            pair = st.selectbox("Second text column", columns, key=f"pair-column-{staged.id}")
    preview(facts)
    safe = st.checkbox(
        "Safe to open in a spreadsheet",
        value=True,
        key=f"safe-{staged.id}",
        help="Cells that begin with = + - @ get an apostrophe in front, so that no spreadsheet runs them.",
    )
    if st.button("Classify the file", type="primary", key="classify-file", icon=":material/play_arrow:"):
        with problems.told():
            submit_file(version, staged, text, pair, safe)


@st.cache_data(max_entries=16, show_spinner="Reading the file")
def read(staged_id: str, _staged: Any) -> Any:
    """What the file holds, read in a child process."""
    from core.jobs import uploads

    return uploads.parse(_staged)


def guessed(facts: Any) -> int:
    """Where the text column stands."""
    from core.data import columns

    guess = columns.guess(facts)
    return list(facts.columns).index(guess.text) if guess else 0


def preview(facts: Any) -> None:
    """The first rows as they were read."""
    table = pd.DataFrame(list(facts.preview)[:10], columns=list(facts.columns))
    st.dataframe(table, key="input-preview", hide_index=True, width="stretch", alt="The first rows of the file")
    for note in facts.notes:
        st.caption(escape(note))


def submit_file(version: ModelVersion, staged: Any, text: str, pair: str | None, safe: bool) -> None:
    """Submit the run and show it in place."""
    from core.jobs import submit

    run = submit.predict(
        registry(),
        model=version.id,
        source=staged,
        text_column=text,
        pair_column=pair,
        who=who(),
        spreadsheet_safe=safe,
    )
    url.put(run=run.id, **{INPUT: None})
    st.rerun()
