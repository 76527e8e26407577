"""Masked words: which of two sentences, or which word in a blank, a model with a masked-word head finds more likely."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.errors import UserProblem
from dashboard.components import (
    bias_lists,
    bias_masked_head,
    bias_masked_source,
    bias_masked_time,
    bias_measure,
    bias_run,
    method_form,
    problems,
)
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.bias.inputs import Inputs
    from core.bias.measure import Measure

KEY, LISTS = "bias-masked", "bias-masked-lists"
WARNING = (
    "Sentences here state stereotypes on purpose and can hurt. They stay hidden until you ask for them, in this form "
    "and in the results."
)


def show(version: ModelVersion) -> None:
    """Draw the form, the run and the results; the reason and the next step where the model has no head."""
    problem = bias_masked_head.problem(version)
    if problem is not None:
        bias_masked_head.refused(version, problem)
    else:
        st.caption(f":material/warning: {WARNING}")
        with problems.told():
            _form(version, bias_measure.choose("masked", KEY, neutral=True))
        bias_run.watched(version)
    bias_run.results(version, "masked")


def _form(version: ModelVersion, measure: Measure) -> None:
    from core.jobs.auditing import Asked

    given, why = _given(measure)
    values = method_form.parameters(measure.config, f"{KEY}-{measure.name}")
    try:
        settings = measure.config.from_json(values)
        if given and not why:
            bias_masked_time.show(version, measure, given, settings)
    except UserProblem as problem:
        problems.show(problem)
        why = problem.found
    bias_run.button(
        version, "Measure", f"{KEY}-go", lambda: [Asked(measure.name, one, values) for one in given], why=why
    )


def _given(measure: Measure) -> tuple[list[Inputs], str]:
    """What is measured, and why it cannot be yet."""
    if not measure.takes_words:
        one = bias_masked_source.choose(measure)
        return ([one], "") if one is not None else ([], "Choose a file first.")
    from core.bias.inputs import Inputs

    chosen = bias_lists.chosen(LISTS, measure=measure, default=("WEAT 6",))
    return [Inputs(one.name, one, None, one.source) for one in chosen.tests], chosen.why
