"""The sense curve on the page: what it says, the picture, the table, and the sentences that went elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import exports
from dashboard.components.plain import escape
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.senses.curve import SenseCurve

RULES = {"centroid": "Nearest centroid", "1-NN": "Nearest (1-NN)", "5-NN": "Five nearest (5-NN)"}
COLUMNS = ["vectors", "accuracy", "low", "high", "tied", "by_word", "macro_f1"]
READING = """
- Every sentence is left out in turn and given the sense of the nearest mean (**centroid**), of the nearest sentence
  (**1-NN**), or of its five nearest, whose votes weigh by cosine (**5-NN**).
- **Static row**: the word's row of the embedding table, the same in every sentence: all ties. **Context-only**: the
  mean row of the other words. **Sentence vector**: the mean of the last layer. **Most frequent sense**: a fixed guess.
- A tie is never counted as right. Whiskers are 95 % intervals (Wilson). The best of several layers is a little too good
  by luck, so look which layers cannot be told apart from it.
- **z-scored**: each dimension without its mean, by its deviation over random words (Timkey and van Schijndel
  2021). Leaving one out makes its own sense smaller, so chance lies a little below even.
"""


def show(version: ModelVersion, curve: SenseCurve) -> None:
    """Draw it all."""
    from core.inspection.charts import senses as charts
    from core.inspection.senses.statement import statement

    with st.container(horizontal=True, vertical_alignment="bottom", key="senses-curve-options"):
        rule = st.segmented_control(
            "Rule", list(RULES), format_func=RULES.__getitem__, default="centroid", required=True, key="senses-rule"
        ) or "centroid"  # fmt: skip
        four = st.toggle("Sum of the last four", True, key="senses-four")
        z = st.toggle("z-scored", key="senses-z")
    said = statement(curve, rule)
    st.markdown("  \n".join([f"**{escape(said[0])}**", *map(escape, said[1:])]))
    table = charts.curve_frame(curve)
    drawn = charts.curve_chart(table, rule, z=z, last_four=four)
    st.altair_chart(drawn, key="senses-chart", alt=charts.curve_words(said), width="stretch")
    for note in curve.notes:
        st.caption(f":material/info: {escape(note)}")
    _table(table, rule, z, several=len(curve.senses) > 1)
    exports.exports(f"senses-{version.name}-{version.version}", "senses", table, drawn)
    with st.expander("How to read this", key="senses-reading", icon=":material/help:"):
        st.markdown(READING)
    _wrong(version, curve, rule)


def _table(table: pd.DataFrame, rule: str, z: bool, *, several: bool) -> None:
    rows = table[table["rule"].isin([rule, ""]) & (z | ~table["z"])]
    shown = rows.assign(vectors=rows["vectors"] + rows["z"].map({True: ", z-scored", False: ""}))
    names = [name for name in COLUMNS if several or name != "by_word"]
    numbers = {name: st.column_config.NumberColumn(format="%.3f") for name in ("accuracy", "low", "high", "macro_f1")}
    mean = st.column_config.NumberColumn("mean over words", format="%.3f")
    with st.expander("As a table", key="senses-table-box", icon=":material/table_rows:"):
        st.dataframe(
            shown[names], key="senses-table", hide_index=True, width="stretch", alt="Scores by layer and control",
            column_config={**numbers, "by_word": mean, "tied": st.column_config.NumberColumn(format="%d")},
        )  # fmt: skip


def _wrong(version: ModelVersion, curve: SenseCurve, rule: str) -> None:
    """Sentences that were not given their sense."""
    from core.inspection.charts import senses as charts

    with st.expander("Sentences that went elsewhere", key="senses-wrong", icon=":material/call_split:"):
        names = [one.name for one in curve.scores if one.rule == rule]
        best = curve.best[rule].score.name
        title = charts.TITLES
        name = st.selectbox(
            "Vectors", names, names.index(best), key=f"senses-wrong-at-{rule}-{best}", width=240,
            format_func=lambda one: title.get(one.removesuffix(" z"), one.removesuffix(" z"))
            + (", z-scored" if one.endswith(" z") else ""),
        )  # fmt: skip
        rows = charts.wrong_frame(curve, name, rule)
        if rows.empty:
            st.caption("None: every sentence was given its sense.")
            return
        st.dataframe(
            rows, key="senses-wrong-rows", hide_index=True, width="stretch", alt="Sentences that went elsewhere"
        )
        exports.exports(f"senses-elsewhere-{version.name}-{version.version}", "senses-wrong", rows)
