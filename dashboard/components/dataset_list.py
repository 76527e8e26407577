"""All datasets in a table: name, newest version, rows, labels, who saved it when."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.components import navigation, row_opener, url
from dashboard.components.plain import escape
from dashboard.components.quantities import ago, count
from registry.records import DatasetVersion

COLUMNS = {
    "dataset": st.column_config.TextColumn(width=230),
    "newest": st.column_config.NumberColumn(width=90, format="version %d"),
    "kind": st.column_config.TextColumn(width=110),
    "rows": st.column_config.NumberColumn(width=90, format="localized", help="Rows, or sentences of raw text"),
    "labels": st.column_config.NumberColumn(width=80, format="localized"),
    "saved": st.column_config.TextColumn(width=110),
    "by": st.column_config.TextColumn(width=120),
    "description": st.column_config.TextColumn(width="large"),
}


def show(newest: Sequence[DatasetVersion]) -> None:
    """Draw the table of the newest versions; a click opens the row's dataset."""
    if not newest:
        nothing()
        return
    clicked = row_opener.table(table(newest), "datasets", alt="Datasets, the one saved last first", columns=COLUMNS)
    st.caption("Click a row to open the dataset.")
    navigation.link(navigation.UPLOAD, "Upload another", icon=":material/upload_file:")
    if clicked is not None:
        navigation.go(navigation.DATASETS, url.dataset(newest[clicked].name))


def table(newest: Sequence[DatasetVersion]) -> pd.DataFrame:
    """One row a dataset, as its newest version."""
    return pd.DataFrame(
        [
            {
                "dataset": version.name,
                "newest": version.version,
                "kind": "raw text" if version.is_raw_text else "labelled rows",
                "rows": sum(version.rows.values()),
                "labels": len(version.labels),
                "saved": ago(version.created_at),
                "by": version.created_by,
                "description": version.description,
            }
            for version in newest
        ]
    )


def facts(version: DatasetVersion) -> str:
    """Version, rows, labels, and who saved it when, in one line."""
    several = ", several a text" if version.problem_type == "multi_label" else ""
    parts = [f"version {version.version}", count(sum(version.rows.values()), unit(version))]
    parts.append("raw text" if version.is_raw_text else count(len(version.labels), "label") + several)
    parts.append(f"saved by {escape(version.created_by)} {ago(version.created_at)}")
    return " · ".join(parts)


def unit(version: DatasetVersion) -> str:
    """What a version counts."""
    return "sentence" if version.is_raw_text else "row"


def nothing() -> None:
    """What to do where there is no dataset yet."""
    st.info("There is no dataset yet. Upload a table with texts and labels to begin.")
    navigation.link(navigation.UPLOAD, "Upload a file", icon=":material/upload_file:")
