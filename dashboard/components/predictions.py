"""The result of a classified file: how many rows got which label, the first rows, and the download."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import predicted_chart, quantities, result_file
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry.records import Run

PREVIEW = 50
ALL_REVIEW = "Every row needs review: by what it showed on its validation rows, the model is sure enough of none."


def show(run: Run) -> None:
    """Draw what a finished classification made."""
    from core.jobs import predictions as files

    output = files.output(registry(), run)
    with st.container(horizontal=True, vertical_alignment="center", key=f"output-{run.id}"):
        for title, value in figures(run.result):
            st.metric(title, value, width=150)
        result_file.button(output, named(str(run.config.get("source", "texts.csv")), output), run.id)
    result_file.elsewhere(output, run.id)
    for sentence in remarks(run.result):
        st.warning(escape(sentence), icon=":material/info:")
    counts = run.result.get("counts") or {}
    if counts:
        predicted_chart.show(counts, f"counts-{run.id}")
    st.caption("The first rows of the result")
    st.dataframe(
        pd.read_csv(output, nrows=PREVIEW, dtype=str, keep_default_na=False, encoding="utf-8-sig"),
        key=f"preview-{run.id}",
        hide_index=True,
        width="stretch",
        alt="The first rows of the result",
        column_config={str(run.config.get("text_column")): st.column_config.TextColumn(width="medium")},
    )


def figures(result: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Title and value of what was counted; what is zero and harmless is left out."""
    known = [("Rows classified", f"{result['rows']:,}"), ("Need review", f"{result.get('needs_review', 0):,}")]
    known += [("Cut off", f"{result['truncated']:,}")] if result.get("truncated") else []
    rate = result.get("rows_per_second")
    return known + ([("Rows a second", f"{rate:,.0f}")] if rate and result["rows"] >= 1000 else [])


def remarks(result: Mapping[str, Any]) -> list[str]:
    """What a reader of the file must know: rows that are not in it, or have no text, and columns that were renamed."""
    rejected = (result.get("rejected") or {}).get("rows", 0)
    said = []
    if result.get("stopped"):
        said.append(f"Stopped before the end: {result['rows']:,} of {result['table_rows']:,} rows are in the result.")
    if rejected:
        said.append(f"{quantities.count(rejected, 'row')} of the file could not be read and had to be left out.")
    if result["rows"] and result.get("needs_review") == result["rows"]:
        said.append(ALL_REVIEW)
    if result.get("empty"):
        said.append(f"{quantities.count(result['empty'], 'row')} had no text and got no label.")
    for old, new in (result.get("renamed") or {}).items():
        said.append(f"The column {old} of the file is called {new} in the result, because {old} is ours.")
    return said


def named(source: str, output: Path) -> str:
    """The name of the download: the input's name with "classified" in it."""
    stem = Path(source).name.split(".")[0] or "texts"
    return f"{stem}-classified{''.join(output.suffixes)}"
