"""Why both classifiers give a label to one sentence: the scores of its words side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import compare_classifiers, exports, told_progress
from dashboard.components.loaded_model import TURN
from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.inspection.before_after.reasons import Reasons
    from dashboard.components.inspect_compare import Answer

FOUND = "compare-reasons"


def show(answer: Answer) -> None:
    """Draw the sentence's choice, the button, then the words."""
    classifiers = compare_classifiers.both(answer.pair)
    if classifiers is None:
        return
    text = st.selectbox("Sentence", answer.found.texts, key="compare-reasons-text")
    key = (answer.pair.before.id, answer.pair.after.id, text)
    if st.button("Explain with both", icon=":material/highlight:", key="compare-explain"):
        from core.inspection.before_after.reasons import reasons

        with told_progress.told("Taking words away …") as report, TURN:
            st.session_state[FOUND] = (key, reasons(*classifiers, text, report=report))
    held = st.session_state.get(FOUND)
    if held is not None and held[0] == key:
        _draw(held[1])


def _draw(found: Reasons) -> None:
    from core.inspection.charts import before_after as charts

    rows = found.rows()
    drawn = charts.reasons(rows, found.label)
    st.markdown(
        f"What each word adds to the label {escape(repr(found.label))}, by taking it away (occlusion): "
        f"{found.before.probability:.3f} likely before, {found.after.probability:.3f} after."
    )
    st.altair_chart(drawn, key="compare-reasons-chart", width="stretch", alt="Scores of the words in both models")
    st.caption("Each model's own logits: compare signs and order, not sizes.")
    exports.exports("compare-reasons", "compare-reasons", pd.DataFrame(rows), drawn)
