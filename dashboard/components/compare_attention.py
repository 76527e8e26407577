"""How the attention heads of both models differ on the first sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import exports, inspected, quantities, told_progress

if TYPE_CHECKING:
    from core.inspection.before_after.heads import HeadsChanged
    from dashboard.components.inspect_compare import Answer

TITLES = {
    "entropy_share": "Entropy", "cls": "To [CLS]", "sep": "To [SEP]", "itself": "To itself",
    "previous": "To the piece before", "next": "To the piece behind",
}  # fmt: skip
FOUND = "compare-heads"


def show(answer: Answer) -> None:
    """Draw the button, then the change of every head."""
    st.caption(
        "Every head in a few numbers (Clark et al. 2019), as means over at most 20 of the sentences, after minus "
        "before. A change of attention is no reason for a change of decision."
    )
    key = (answer.pair.before.id, answer.pair.after.id, answer.texts)
    if st.button("Compare the heads", icon=":material/hub:", key="compare-heads-go"):
        st.session_state[FOUND] = (key, _changed(answer))
    held = st.session_state.get(FOUND)
    if held is None or held[0] != key:
        st.info("Not compared yet: it takes one pass of each model over each sentence.", icon=":material/hub:")
        return
    _draw(held[1])


def _changed(answer: Answer) -> HeadsChanged:
    from core.inspection.before_after.heads import heads_changed

    before, after = (inspected.subject(version.id) for version in (answer.pair.before, answer.pair.after))
    with told_progress.told("Looking at every head …") as report, inspected.TURN:
        return heads_changed(before, after, answer.found.texts, report=report)


def _draw(found: HeadsChanged) -> None:
    from core.inspection.charts import before_after as charts

    name = st.segmented_control(
        "Statistic", list(TITLES), format_func=lambda each: TITLES[each].replace("[", "\\["), default="entropy_share",
        required=True, key="compare-statistic", label_visibility="collapsed",
    )  # fmt: skip
    name = name or "entropy_share"
    rows = found.rows(name)
    drawn = charts.heads(rows, f"change: {TITLES[name].lower()}")
    top = rows[0]
    words = f"Layer {top['layer']}, head {top['head']} changed most: from {top['before']:.3f} to {top['after']:.3f}."
    st.markdown(f"{words} Over {quantities.count(found.texts, 'sentence')}; entropy is a share of its maximum.")
    st.altair_chart(drawn, key="compare-heads-chart", width="content", alt=words)
    exports.exports(f"compare-heads-{name}", "compare-heads", pd.DataFrame(rows), drawn)
