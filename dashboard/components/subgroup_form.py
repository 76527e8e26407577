"""Asking for groups compared: labelled rows, and groups by a column or by the terms that texts mention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import bias_lists, bias_run, classifier_label, classifier_rows, method_form
from dashboard.components.plain import escape
from registry.records import ModelVersion

if TYPE_CHECKING:
    from dashboard.components.classifier_rows import Rows

KEY = "bias-groups"
TERMS, COLUMN = "Terms in the text", "A column of the dataset"


def show(version: ModelVersion) -> None:
    """Draw the form and its button."""
    from core.bias.measures import measure

    known = measure("subgroups")
    st.caption(f"{escape(known.summary)} {escape(known.source)}.")
    rows = classifier_rows.choose(version, KEY, labelled=True)
    by = st.radio("Groups by", [TERMS, COLUMN], key=f"{KEY}-by", horizontal=True)
    lists = bias_lists.Chosen()
    column = ""
    if by == TERMS:
        st.caption("A text belongs to every group that it mentions: that is not who wrote it.")
        lists = bias_lists.chosen(f"{KEY}-lists", targets=None, attributes=(), default=("Gender words",))
    else:
        column = _column(rows)
    label = classifier_label.choose(version, f"{KEY}-label")
    values = method_form.parameters(known.config, KEY, without=("label", "group_column", "terms"))
    values |= {"label": label, "group_column": column or "group", "terms": ""}
    why = rows.why or (lists.why if by == TERMS else "" if column else "The dataset has no column beside its text.")
    words = lists.tests if by == TERMS else (None,)
    bias_run.button(
        version, "Measure", f"{KEY}-go", lambda: [rows.asked(known.name, one, values) for one in words], why=why
    )
    if why:
        st.caption(escape(why))


def _column(rows: Rows) -> str:
    """The column with the groups; the one that was mapped so at upload stands first."""
    if rows.data is None:
        return ""
    from dashboard.components.services import registry

    names = columns(str(registry().artifacts.local(rows.data.artifact)))
    if not names:
        st.info("No column was kept as group when this dataset was saved. Map one at upload, or take terms.")
        return ""
    chosen: str = st.selectbox("Column", names, key=f"{KEY}-column-{rows.data.id}", width=320)
    return chosen


@st.cache_data(max_entries=64, show_spinner=False)
def columns(folder: str) -> list[str]:
    """Columns of a saved dataset that may name groups: group first, then the others."""
    from pathlib import Path

    import pyarrow.parquet as pq

    found = pq.read_schema(Path(folder) / "rows.parquet").names
    mapped = [name for name in ("group", "source", "split") if name in found]
    return mapped if "group" in mapped else []
