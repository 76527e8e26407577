"""One head, or the mean of a layer, word by word: as a matrix or as lines, with what is not drawn told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import exports
from dashboard.components.attention_asked import Asked, ask, spans
from dashboard.components.attention_kept import Kept
from dashboard.components.plain import escape
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.attention.view import View

SHARES = ("weight", "to special pieces not shown", "to words not shown")


def show(version: ModelVersion, found: Kept) -> None:
    """Draw the choices, the picture, and the table."""
    from core.inspection.attention import told
    from core.inspection.attention.view import size, view

    st.subheader("One head", anchor=False)
    asked = ask(version.id, found.attention)
    options = {"by_pieces": asked.by_pieces, "specials": asked.specials, "direction": asked.direction}
    rows, columns = spans(size(found.attention, **options), asked)  # type: ignore[arg-type]
    shown = view(found.attention, asked.layer, asked.head, rows=rows, columns=columns, **options)  # type: ignore[arg-type]
    st.markdown(f"**{escape(_name(asked))}**: {escape(_in_words(found, asked))}")
    st.caption(f":material/visibility_off: {escape(told.hidden(shown))}")
    chart = _picture(shown, asked)
    _table(shown)
    name = f"attention-{version.name}-{version.version}-layer-{asked.layer}-{asked.head or 'mean'}"
    exports.exports(name, "attention-head", _all(shown), chart)


def _name(asked: Asked) -> str:
    return f"Layer {asked.layer}, " + (f"head {asked.head}" if asked.head else "mean of all heads")


def _in_words(found: Kept, asked: Asked) -> str:
    from core.inspection.attention.heads import described

    if asked.head is None:
        return "what is common to its heads; single heads can do quite different things."
    return described(found.statistics, asked.layer, asked.head) + "."


def _picture(shown: View, asked: Asked) -> object:
    from core.inspection.charts import attention_lines, attention_matrix

    if asked.drawn == "Lines":
        chart = attention_lines.lines(shown)
        st.altair_chart(chart, key="attention-lines", alt=attention_lines.lines_in_words(shown), width="stretch")
        st.caption(
            f"From the words on the left to the words on the right. {attention_lines.lines_in_words(shown)} "
            "With the mouse on a word on the left, only its lines stay."
        )
        return chart
    chart = attention_matrix.matrix(shown)
    st.altair_chart(chart, key="attention-matrix", alt=attention_matrix.matrix_in_words(shown), width="stretch")
    st.caption(attention_matrix.SCALE if attention_matrix.is_small(shown) else attention_matrix.FULL)
    return chart


def _table(shown: View) -> None:
    from core.inspection.attention.table import SUMMARY, summary

    percent = {
        name: st.column_config.ProgressColumn(name, format="percent", min_value=0, max_value=1) for name in SHARES
    }
    with st.expander("Word by word: strongest target, and what is not drawn", key="attention-rows"):
        table = pd.DataFrame(summary(shown), columns=list(SUMMARY))
        st.dataframe(table, key="attention-table", hide_index=True, column_config=percent, alt="Every row in short")


def _all(shown: View) -> pd.DataFrame:
    from core.inspection.attention.table import full

    headers, rows = full(shown)
    return pd.DataFrame(rows, columns=headers)
