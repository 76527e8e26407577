"""Word associations: choose lists, measures and the vectors of words."""

from __future__ import annotations

import streamlit as st

from dashboard.components import bias_lists, bias_run, method_form
from registry.records import ModelVersion


def show(version: ModelVersion) -> None:
    """Draw the form and the results."""
    from core.bias.inputs import Inputs
    from core.bias.measures import MEASURES
    from core.jobs.auditing import Asked

    known = {name: one for name, one in MEASURES.items() if one.family == "words"}
    name = st.selectbox("Measure", list(known), format_func=lambda one: known[one].title, key="bias-words-measure")
    chosen = bias_lists.chosen("bias-words-lists", measure=known[name], default=("WEAT 6",))
    values = method_form.parameters(known[name].config, "bias-words")
    bias_run.button(
        version, "Measure", "bias-words-go",
        lambda: [Asked(name, Inputs(one.name, one, None, one.source), values) for one in chosen.tests], why=chosen.why,
    )  # fmt: skip
    bias_run.watched(version)
    bias_run.results(version, "words")
