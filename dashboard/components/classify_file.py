"""Classify a file: staged on disk at once, read as the visitor says, its columns confirmed, then a run.

The run streams the file through the model; this page only submits it and then shows it at its address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import desk, held, problems, reading_form, url
from dashboard.components.classify_text import takes_pairs
from dashboard.components.services import registry, who
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.data.reading.facts import TableFacts
    from core.jobs.uploads import Staged

INPUT = "input"
SAFE = "Cells that begin with = + - @ get an apostrophe in front, so that no spreadsheet runs them as formulas."


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
        place = st.container()
        options = reading_form.options(staged.id, staged.name)
        with place:
            with st.spinner("Reading the file; a million rows take some seconds …", show_time=True):
                facts = desk.of(staged.id).read(staged, options)
            reading_form.found(facts, staged.id)
        _send(version, staged, facts)


def _send(version: ModelVersion, staged: Staged, facts: TableFacts) -> None:
    """The columns and the button."""
    columns, pair = list(facts.columns), None
    left, right = st.columns(2)
    with left:
        text = st.selectbox("Text column", columns, index=guessed(staged, facts), key=f"text-column-{staged.id}")
    if takes_pairs(version):
        with right:
            pair = st.selectbox("Second text column", columns, key=f"pair-column-{staged.id}")
    safe = st.checkbox("Safe to open in a spreadsheet", value=True, key=f"safe-{staged.id}", help=SAFE)
    if st.button("Classify the file", type="primary", key="classify-file", icon=":material/play_arrow:"):
        with problems.told():
            submit(version, staged, text, pair, safe=safe)


def guessed(staged: Staged, facts: TableFacts) -> int:
    """Where the text column stands, as far as names and content tell; else the first."""
    from core.data.columns import guess_text

    name = guess_text(facts, staged.table)
    return list(facts.columns).index(name) if name in facts.columns else 0


def submit(version: ModelVersion, staged: Staged, text: str, pair: str | None, *, safe: bool) -> None:
    """Submit the run and show it in place."""
    from core.jobs import submit as jobs

    run = jobs.predict(
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
