"""A table whose rows open something: a click on any cell of a row names that row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st


def table(
    frame: pd.DataFrame, key: str, *, alt: str, columns: Mapping[str, Any] | None = None, height: int | None = None
) -> int | None:
    """Draw `frame` and return the position of the row that was clicked, or None."""
    event = st.dataframe(
        frame,
        key=key,
        hide_index=True,
        width="stretch",
        height=height or min(38 + 35 * max(1, len(frame)), 600),
        on_select="rerun",
        selection_mode="single-cell",
        column_config=columns,
        alt=alt,
    )
    cells = event["selection"]["cells"]
    return int(cells[0][0]) if cells and int(cells[0][0]) < len(frame) else None
