"""How the meter was checked: published figures beside those that this program computes on the same vectors."""

from __future__ import annotations

import streamlit as st

from registry.records import ModelVersion


def show(version: ModelVersion, lists: str) -> None:
    """Draw the check, folded; `lists` is the key of the lists' choice, which a button sets to the ten."""
    from core.bias import calibration

    with st.expander("How this meter was checked", key="bias-words-calibrated", icon=":material/straighten:"):
        st.markdown(
            "Ten effect sizes were published with the measure (Caliskan, Bryson and Narayanan 2017, Science 356:183, "
            "Table 1, GloVe vectors of 840 billion words). The tests of this program compute them anew on the same "
            "vectors; they agree in every published digit. The p-values here are exact counts of all partitions, where "
            "the paper gives orders of magnitude."
        )
        st.dataframe(
            calibration.table(), key="bias-words-calibrated-table", hide_index=True,
            alt="Published effect sizes beside those computed here",
            column_config={
                "d, published": st.column_config.NumberColumn(format="%.2f"),
                "d, computed here": st.column_config.NumberColumn(format="%.3f"),
                "difference": st.column_config.NumberColumn(format="%+.3f"),
            },
        )  # fmt: skip
        st.button(
            "Choose the ten lists", key="bias-words-calibrated-ten", icon=":material/checklist:", type="secondary",
            on_click=_choose, args=(lists,),
            help="They then stand above, ready to be measured on this model; on the GloVe vectors themselves the "
            "published figures come out." if version.kind == "static_vectors" else
            "They then stand above, ready to be measured on this model, whose figures are its own.",
        )  # fmt: skip


def _choose(lists: str) -> None:
    from core.bias import calibration

    st.session_state[lists] = list(calibration.NAMES)
