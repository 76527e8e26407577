"""Tokenisation: how many pieces the words of groups become, before the model computes anything."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.components import bias_lists, bias_run, method_form
from dashboard.components.plain import escape
from registry.records import ModelVersion

KEY, NAME = "bias-tokens", "tokenisation"
CAPTION = (
    "BERT reads pieces, not words. A name that stands whole in the vocabulary has a vector of its own; one that does "
    "not is put together from parts, often parts that mean something else. Where a vocabulary holds one group's names "
    "and cuts the other's, every test on those names starts uneven. What the model then makes of the pieces, this does "
    "not say."
)


def show(version: ModelVersion) -> None:
    """Draw the form, the run and the results; one sentence where the model has no tokenizer."""
    from core.bias.measures import MEASURES
    from core.errors import UserProblem
    from core.jobs.auditing import fits

    measure = MEASURES[NAME]
    st.caption(escape(CAPTION, 1_000))
    try:
        fits(version, measure)
    except UserProblem as problem:
        st.info(escape(str(problem)), icon=":material/info:")
        return
    lists = bias_lists.chosen(f"{KEY}-lists", measure=measure, default=("WEAT 3",))
    values = method_form.parameters(measure.config, KEY)
    bias_run.button(version, "Measure", f"{KEY}-go", lambda: _asked(lists, values), why=lists.why)
    if lists.why:
        st.caption(escape(lists.why))
    bias_run.watched(version)
    bias_run.results(version, "tokens")


def _asked(lists: bias_lists.Chosen, values: dict[str, Any]) -> list[Any]:
    from core.bias.inputs import Inputs
    from core.jobs.auditing import Asked

    return [Asked(NAME, Inputs(one.name, one, None, one.source), values) for one in lists.tests]
