"""What was measured of a model's geometry: sentences, lines by layer, the table, and the words behind the means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import exports
from dashboard.components.plain import escape
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.geometry.result import Geometry

ADJUSTED, RAW = "Minus random words", "Raw"
COLUMNS = {
    "layer": "layer",
    "baseline": "baseline",
    "self_similarity": "self-similarity",
    "self_similarity_adjusted": "self-sim., adjusted",
    "intra_sentence": "intra-sentence",
    "intra_sentence_adjusted": "intra-s., adjusted",
    "variance": "expl. variance",
    "variance_random": "of random words",
    "variance_adjusted": "variance, adjusted",
    "largest_share": "largest dimension's share",
    "largest_dimension": "which",
}
READING = """
- **Baseline**: mean cosine of random words from different sentences. Near 0 directions are spread evenly; near 1 all
  vectors point the same way, and a high raw cosine says nothing.
- **Self-similarity**: mean cosine of the occurrences of one word, averaged over words. 1 means static.
- **Intra-sentence similarity**: mean cosine of a sentence's words with their mean. In a model made for whole sentences
  it rises steeply at the end: words take on the sentence.
- **Explainable variance**: the share of one word's occurrences that the best single static vector could explain.
- **Largest dimension's share**: how much of the baseline one dimension makes (Timkey and van Schijndel 2021).
- Adjusted: minus the baseline, or minus the same on random words. Means over words hide that some are far from them.
"""


def show(version: ModelVersion, found: Geometry, corpus: str) -> None:
    """Draw it all."""
    from core.inspection.charts import geometry as charts

    st.markdown("  \n".join(map(escape, charts.statement(found))))
    adjusted = st.segmented_control(
        "Values", [ADJUSTED, RAW], default=ADJUSTED, required=True, key="geometry-adjusted",
        label_visibility="collapsed",
    ) != RAW  # fmt: skip
    table = charts.frame(found)
    drawn = charts.chart(table, adjusted=adjusted)
    st.altair_chart(drawn, key="geometry-chart", alt=charts.described(table, adjusted=adjusted), width="stretch")
    st.caption(escape(counted(found, corpus)))
    for note in found.notes:
        st.caption(f":material/info: {escape(note)}")
    _table(table)
    exports.exports(f"geometry-{version.name}-{version.version}", "geometry", table, drawn)
    with st.expander("How to read this", key="geometry-reading", icon=":material/help:"):
        st.markdown(READING)
    _words(version, found, adjusted)


def counted(found: Geometry, corpus: str) -> str:
    """What was measured, in a sentence."""
    of = found.counts
    again = f" ({of['repeated']:,} repeated ones read once)" if of["repeated"] else ""
    return (
        f"{of['sentences']:,} sentences{again} of {corpus}, seed {found.settings.seed}, {of['words']:,} words"
        f"{_marks(found)}. "
        f"Baseline: {of['sampled']:,} random occurrences. Self-similarity: {of['self_words']:,} words in at least "
        f"{found.settings.occurrences} sentences, {of['self_occurrences']:,} occurrences. Explainable variance: "
        f"{of['variance_words']:,} words in at least {found.settings.variance_occurrences} sentences, "
        f"{of['variance_occurrences']:,} occurrences."
    )


def _marks(found: Geometry) -> str:
    return " and punctuation marks" if found.settings.marks else ""


def _table(table: pd.DataFrame) -> None:
    numbers = {title: st.column_config.NumberColumn(format="%.3f") for title in list(COLUMNS.values())[1:-1]}
    st.dataframe(
        table[list(COLUMNS)].rename(columns=COLUMNS), key="geometry-table", hide_index=True, width="stretch",
        column_config=numbers, alt="Every statistic by layer",
    )  # fmt: skip


def _words(version: ModelVersion, found: Geometry, adjusted: bool) -> None:
    """The words behind the mean, those that change most with their sentence first."""
    from core.inspection.charts import geometry as charts

    if not found.words:
        return
    with st.expander(f"The {len(found.words):,} words behind the mean", key="geometry-words", icon=":material/list:"):
        last = len(found.layers) - 1
        layer = st.slider("Layer", 0, last, last, key=f"geometry-words-layer-{last}")
        st.caption(
            "Lowest first: these change most with their sentence. Words that only hold a sentence together often do."
        )
        rows = charts.words_frame(found, layer, adjusted=adjusted)
        st.dataframe(
            rows, key="geometry-words-table", hide_index=True, width="stretch", alt="Self-similarity of each word",
            column_config={"self-similarity": st.column_config.NumberColumn(format="%.3f")},
        )  # fmt: skip
        exports.exports(f"geometry-words-{version.name}-{version.version}", "geometry-words", rows)
