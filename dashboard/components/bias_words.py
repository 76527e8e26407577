"""Word associations: choose lists, measures and the vectors of words."""

from __future__ import annotations

import streamlit as st

from dashboard.components import bias_run, method_form
from registry.records import ModelVersion


def show(version: ModelVersion) -> None:
    """Draw the form and the results."""
    from core.bias import lexicon
    from core.bias.inputs import Inputs
    from core.bias.measures import MEASURES
    from core.jobs.auditing import Asked

    known = {name: one for name, one in MEASURES.items() if one.family == "words"}
    name = st.selectbox("Measure", list(known), format_func=lambda one: known[one].title, key="bias-words-measure")
    chosen = st.multiselect("Lists", list(lexicon.tests()), default=["WEAT 6"], key="bias-words-lists")
    values = method_form.parameters(known[name].config, "bias-words")
    bias_run.button(
        version, "Measure", "bias-words-go",
        lambda: [Asked(name, Inputs(one, lexicon.test(one), None, lexicon.test(one).source), values) for one in chosen],
    )  # fmt: skip
    bias_run.watched(version)
    bias_run.results(version, "words")
