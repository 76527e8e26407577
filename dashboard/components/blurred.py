"""Words that can hurt, drawn as blocks until a visitor asks for them. Numbers and the shape of the rows stay."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

BLOCK, MOST = "█", 8
WARNING = (
    "The rows behind this figure hold sentences or words that demean people. They are part of the measure, and nobody "
    "here stands behind them. They stay covered until you ask."
)
_WORD = re.compile(r"\S+")


def asked(key: str) -> bool:
    """Draw the warning with its switch; whether the visitor wants to see the rows."""
    with st.container(border=True, key=f"{key}-offends"):
        st.caption(f":material/visibility_off: {WARNING}")
        return bool(st.toggle("Show the rows as they are", key=f"{key}-uncovered"))


def words(text: str) -> str:
    """Every word as a block of its length, at most eight long."""
    return _WORD.sub(lambda word: BLOCK * min(len(word.group()), MOST), text)


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with every text covered; column names, numbers and truth values stay."""
    return rows.map(_cell)


def _cell(cell: Any) -> Any:
    if isinstance(cell, str):
        return words(cell)
    if isinstance(cell, list | tuple | np.ndarray):
        return [_cell(each) for each in cell]
    return cell
