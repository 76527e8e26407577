"""Classify one text: its label, the probability of every label, how much of the text the model saw."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import attribution_why, loaded_model, problems, quantities
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry import datasets
from registry.records import ModelVersion


def show(version: ModelVersion) -> None:
    """Draw the form, and the answer for what was sent last."""
    asked = f"asked-{version.id}"
    with st.form(f"text-form-{version.id}", border=False):
        text = st.text_area("Text", key=f"text-{version.id}", height=120, placeholder="I hate pizza")
        pair = None
        if takes_pairs(version):
            pair = st.text_area("Second text", key=f"pair-{version.id}", height=80)
        if st.form_submit_button("Classify", type="primary", icon=":material/label:", key=f"classify-{version.id}"):
            st.session_state[asked] = (text, pair)
    if asked in st.session_state:
        with problems.told():
            answer(version, *st.session_state[asked])


def takes_pairs(version: ModelVersion) -> bool:
    """Whether the model was trained on pairs of texts."""
    if version.dataset_version is None:
        return bool(version.facts.get("text_pair"))
    with registry().read() as session:
        return bool(datasets.get(session, version.dataset_version).mapping.get("text_pair"))


def answer(version: ModelVersion, text: str, pair: str | None) -> None:
    """Draw the prediction for one text."""
    if not text.strip():
        st.warning("Write a text first.", icon=":material/edit:")
        return
    found = loaded_model.classify(version, text, pair)
    label, score, review = found.labels()[0], float(found.scores()[0]), bool(found.needs_review()[0])
    with st.container(border=True, key="answer"):
        st.subheader(escape(label if isinstance(label, str) else " + ".join(label) or "no label"), anchor=False)
        with st.container(horizontal=True, vertical_alignment="center", key="answer-notes"):
            notes(found, score, review, "feature" if version.method == "tfidf" else "token")
        st.dataframe(
            probabilities(found),
            key=f"probabilities-{version.id}",
            hide_index=True,
            width="stretch",
            height=min(38 + 35 * len(found.names), 420),
            column_config={
                "probability": st.column_config.ProgressColumn(
                    "probability", min_value=0.0, max_value=1.0, format="%.3f"
                ),
                "given": st.column_config.CheckboxColumn("given", width="small"),
                "from": st.column_config.NumberColumn(
                    "given from", format="%.2f", width="small", help="A text gets this label from this probability on."
                ),
            },
            alt="Probability of every label",
        )
        attribution_why.show(version, text, pair)


def notes(found: Any, score: float, review: bool, unit: str) -> None:
    """How sure, how many tokens (or features of a word count) were seen, whether cut, whether a person should look."""
    several = found.problem_type == "multi_label"
    st.badge(
        quantities.share(score) + (" sure of the least certain label" if several else " sure"),
        color="green" if not review else "orange",
        help="Of every label that is given or not, the one the model is least sure about." if several else None,
    )
    tokens = int(found.tokens[0])
    st.badge(quantities.count(tokens, unit) + " seen", color="gray")
    if bool(found.truncated[0]):
        st.badge("the end of the text was cut off", color="orange", icon=":material/content_cut:")
    if review:
        why = reason(float(found.review_below))
        st.badge("needs review", color="orange", icon=":material/visibility:", help=why)


def reason(review_below: float) -> str:
    """Why a person should look; a limit above 1 was set because no answer is sure enough."""
    if review_below > 1:
        return "Even the answers it is surest of were wrong too often on the validation rows: look at every one."
    return f"It is less than {quantities.share(review_below)} sure."


def probabilities(found: Any) -> pd.DataFrame:
    """One row a label, the likeliest first; where a text may get several: which it gets, and from what probability."""
    table = pd.DataFrame({"label": found.names, "probability": found.probabilities[0].astype(float)})
    if found.problem_type == "multi_label":
        table["given"], table["from"] = found.decisions()[0], found.thresholds.astype(float)
    return table.sort_values("probability", ascending=False, kind="stable")
