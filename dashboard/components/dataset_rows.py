"""The rows of a dataset version: search, split, label, and the download."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.data.spreadsheet import guarded
from dashboard.components import services
from dashboard.components.quantities import count
from registry.records import DatasetVersion

SHOWN = 500
COLUMNS = ("split", "label", "text", "text_pair", "id", "group", "weight", "line")


def show(version: DatasetVersion) -> None:
    """Draw the search, the rows found, and the download of all rows."""
    frame = rows(version.artifact.key, version)
    left, middle, right = st.columns([3, 1, 1.4])
    key = f"dataset-rows-{version.id}"
    words = left.text_input("Search in the texts", key=f"{key}-words", placeholder="Part of a text")
    split = middle.selectbox("Split", [None, *split_names(frame)], format_func=every, key=f"{key}-split")
    label = right.selectbox("Label", [None, *version.labels], format_func=every, key=f"{key}-label")
    found = select(frame, words, split, label)
    st.dataframe(
        found.head(SHOWN),
        key=f"{key}-table",
        hide_index=True,
        lazy=False,
        column_config={"text": st.column_config.TextColumn(width="large"), "weight": st.column_config.NumberColumn()},
    )
    shown = f"the first {SHOWN:,} of " if len(found) > SHOWN else ""
    st.caption(f"{shown}{count(len(found), 'row')}".capitalize())
    download(version, key)


def every(value: str | None) -> str:
    return "all" if value is None else value


def split_names(frame: pd.DataFrame) -> list[str]:
    return [name for name in ("train", "validation", "test") if (frame["split"] == name).any()]


def select(frame: pd.DataFrame, words: str, split: str | None, label: str | None) -> pd.DataFrame:
    """The rows whose text holds `words` (case aside) and that have the split and the label, where given."""
    mask = pd.Series(True, index=frame.index)
    if words.strip():
        mask &= frame["text"].str.contains(words.strip(), case=False, regex=False)
    if split is not None:
        mask &= frame["split"] == split
    if label is not None:
        mask &= (" | " + frame["label"] + " | ").str.contains(f" | {label} | ", regex=False)
    return frame[mask]


@st.cache_data(max_entries=4, show_spinner="Reading the rows …")
def rows(key: str, _version: DatasetVersion) -> pd.DataFrame:
    """All rows of the version as a table for reading; several labels of a row are joined by " | "."""
    from core.data import dataset

    frame = dataset.read_rows(services.registry().artifacts.local(_version.artifact))
    frame = frame[[name for name in COLUMNS if name in frame and not frame[name].isna().all()]]
    return frame.assign(label=[value if isinstance(value, str) else " | ".join(value) for value in frame["label"]])


def download(version: DatasetVersion, key: str) -> None:
    """The whole version as CSV, safe to open in a spreadsheet."""
    st.download_button(
        f"Download all {sum(version.rows.values()):,} rows",
        data=lambda: as_csv(version),
        file_name=f"{version.name}-{version.version}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"{key}-download",
    )


def as_csv(version: DatasetVersion) -> bytes:
    """All rows as CSV for a spreadsheet: UTF-8 with its mark, and no cell that would run as a formula."""
    frame = rows(version.artifact.key, version)
    written: bytes = frame.astype(str).map(guarded).to_csv(index=False).encode("utf-8-sig")
    return written
