"""Downloads below a view: its numbers as CSV, its picture as SVG or PNG; each is made when it is clicked."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core.data.spreadsheet import guarded


def exports(name: str, key: str, table: pd.DataFrame, chart: Any = None) -> None:
    """Draw the buttons; `name` is the file's name without its ending."""
    with st.container(horizontal=True, key=f"{key}-exports"):
        _button(name, "csv", key, partial(as_csv, table), "text/csv")
        if chart is not None:
            _button(name, "svg", key, partial(_picture, chart, "svg"), "image/svg+xml")
            _button(name, "png", key, partial(_picture, chart, "png"), "image/png")


def _button(name: str, ending: str, key: str, make: Any, mime: str) -> None:
    st.download_button(
        ending.upper(), make, file_name=f"{name}.{ending}", mime=mime, key=f"{key}-{ending}", type="tertiary",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def as_csv(table: pd.DataFrame) -> bytes:
    """The table for a spreadsheet: UTF-8 with its mark, and no text that would run as a formula."""
    safe = table.map(lambda cell: guarded(cell) if isinstance(cell, str) else cell).rename(columns=str)
    written: bytes = safe.to_csv(index=False).encode("utf-8-sig")
    return written


def _picture(chart: Any, format: str) -> bytes:
    from core.inspection.picture import picture

    return picture(chart, format)
