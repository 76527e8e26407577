"""What a model paid attention to in a text, computed once and shared; another layer or head computes nothing again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import inspected

if TYPE_CHECKING:
    from core.inspection.attention.heads import HeadStatistics
    from core.inspection.attention.weights import Attention


@dataclass(frozen=True)
class Kept:
    """The weights, the numbers of all heads, and these as a table."""

    attention: Attention
    statistics: HeadStatistics
    heads: pd.DataFrame


@st.cache_resource(max_entries=3, show_spinner="The model reads the text once …")
def kept(version_id: str, text: str, pair: str | None) -> Kept:
    """One forward pass; three texts stay in memory, each 38 MB for six layers of twelve heads over 512 pieces."""
    from core.inspection.attention.heads import statistics
    from core.inspection.attention.weights import attention
    from core.inspection.charts.attention import frame

    subject = inspected.subject(version_id)
    with inspected.TURN:
        found = attention(subject, subject.read(text, pair))
    numbers = statistics(found)
    return Kept(found, numbers, frame(numbers))
