"""Asking for counterfactual pairs: terms, rows, label and settings."""

from __future__ import annotations

import streamlit as st

from core.bias.word_sets import WordTest
from dashboard.components import bias_lists, bias_run, classifier_label, classifier_rows, method_form
from dashboard.components.plain import escape
from registry.records import ModelVersion

KEY = "bias-pairs"


def show(version: ModelVersion) -> None:
    """Draw the form and its button."""
    from core.bias.measures import measure

    known = measure("counterfactual")
    st.caption(f"{escape(known.summary)} {escape(known.source)}.")
    lists = bias_lists.chosen(
        f"{KEY}-lists", measure=known, default=("Gender words",),
        help="The groups of a list are swapped for each other, word by word at the same position.",
    )  # fmt: skip
    rows = classifier_rows.choose(version, KEY, lists.tests)
    label = classifier_label.choose(version, f"{KEY}-label")
    values = method_form.parameters(known.config, KEY, without=("label",)) | {"label": label}
    why = lists.why or rows.why or _apart(lists.tests)
    bias_run.button(
        version, "Measure", f"{KEY}-go", lambda: [rows.asked(known.name, one, values) for one in lists.tests], why=why
    )
    if why:
        st.caption(escape(why))


def _apart(lists: tuple[WordTest, ...]) -> str:
    alone = [one.name for one in lists if len(one.targets) < 2]
    return f"{alone[0]} has one group; two are wanted." if alone else ""
