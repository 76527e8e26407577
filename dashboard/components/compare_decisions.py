"""What both classifiers say of every sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import compare_classifiers, exports, quantities
from dashboard.components.loaded_model import TURN

if TYPE_CHECKING:
    from core.inspection.before_after.decisions import Decision
    from dashboard.components.inspect_compare import Answer

FOUND = "compare-decisions"


def show(answer: Answer) -> None:
    """Draw the button, then changed decisions first."""
    key = (answer.pair.before.id, answer.pair.after.id, answer.texts)
    classifiers = compare_classifiers.both(answer.pair)
    if classifiers is None:
        return
    if st.button("Classify with both", icon=":material/label:", key="compare-decide"):
        from core.inspection.before_after.decisions import decisions

        with st.spinner("Classifying …", show_time=True), TURN:
            st.session_state[FOUND] = (key, decisions(*classifiers, answer.found.texts))
    held = st.session_state.get(FOUND)
    if held is not None and held[0] == key:
        _draw(held[1])


def _draw(found: tuple[Decision, ...]) -> None:
    changed = sum(each.changed for each in found)
    st.markdown(
        f"The two decide differently on {changed:,} of {quantities.count(len(found), 'sentence')}. Which one is right "
        "is not known here."
    )
    rows = [(each.before, each.before_score, each.after, each.after_score, each.text)
            for each in sorted(found, key=lambda each: not each.changed)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["before", "probability before", "after", "probability after", "sentence"])
    st.dataframe(table.round(4), key="compare-decisions-table", hide_index=True, width="stretch",
                 alt="Decisions of both, changed ones first")  # fmt: skip
    exports.exports("compare-decisions", "compare-decisions", table)
