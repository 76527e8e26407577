"""What changed in each layer: CKA, shifts, neighbours kept; and CKA of all pairs of layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from dashboard.components import exports
from dashboard.components.plain import escape

if TYPE_CHECKING:
    from dashboard.components.inspect_compare import Answer

TITLES = {"cka": "CKA", "shift": "Shift of a word", "neighbours": "Neighbours kept", "pairs": "All pairs of layers"}
SAID = {
    "cka": "Linear CKA (Kornblith et al. 2019): 1 where the vectors of all words differ by rotation and scale only. "
    "Whiskers: 95 %, leaving sentences out. Dashed: the same words, paired at random.",
    "shift": "1 minus the cosine of a word with itself in the other model: 0 is no change. Dashed: how far two "
    "different words lie apart in the first model, which is what a shift must be compared with.",
    "neighbours": "Of the words nearest to a word, the share that is also nearest in the other model. Words of other "
    "sentences only, where there are five sentences. Dashed: neighbours by chance.",
    "pairs": "CKA of every layer of the first model with every layer of the second.",
}


def show(answer: Answer) -> None:
    """Draw one measure over the layers, with its files."""
    from core.inspection.charts import before_after as charts

    found = answer.found
    offered = [name for name in TITLES if name != "shift" or found.shift is not None]
    measure = st.segmented_control(
        "Measure", offered, format_func=TITLES.__getitem__, default="cka", required=True, key="compare-measure",
        label_visibility="collapsed",
    )  # fmt: skip
    measure = measure if measure in offered else "cka"
    if measure == "pairs":
        table = charts.pairs(found)
        drawn: Any = charts.matrix(table)
        words = "CKA of all pairs of layers"
    else:
        table = charts.by_layer(found, measure)
        drawn, words = charts.layers(table, measure), charts.in_words(table, measure)
    st.altair_chart(drawn, key=f"compare-chart-{measure}", width="content" if measure == "pairs" else "stretch",
                    alt=escape(words, limit=2_000))  # fmt: skip
    st.caption(SAID[measure])
    if measure != "pairs":
        headers, rows = found.layer_table
        table = pd.DataFrame(rows, columns=list(headers))
        st.dataframe(table.round(4), key="compare-layer-table", hide_index=True, width="stretch", alt="Every layer")
    exports.exports(f"compare-{measure}", f"compare-{measure}", table, drawn)
