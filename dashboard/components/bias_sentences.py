"""Sentences: word lists inside sentences, with the word and not the sentence as the unit of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.components import (
    bias_lists,
    bias_measure,
    bias_run,
    bias_sentences_preview,
    bias_sentences_texts,
    method_form,
)
from dashboard.components.plain import escape
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.bias.measure import Measure

KEY = "bias-sentences"
WORDS = {"cls": "[CLS] token", "mean": "mean of all tokens"}
OF_WORDS = {
    "mean": "mean of its pieces",
    "first": "first piece",
    "last": "last piece",
    "cls": "mean of its pieces (cls)",
}
CAPTION = (
    "A BERT reads words inside sentences. SEAT sets the words into short sentences that say nothing else and compares "
    "sentences; CEAT draws one sentence a word again and again and shows how far the effect moves. In both, the p that "
    "is headed deals whole words to the groups: sentences of one word are near copies, and counting each makes weak "
    "evidence look strong. Our sentences are English; other languages need templates or texts of their own."
)


def show(version: ModelVersion) -> None:
    """Draw the form, the run and the results; one sentence where the model reads no sentences."""
    from core.errors import UserProblem
    from core.jobs.auditing import fits

    st.caption(escape(CAPTION, 1_000))
    measure = bias_measure.choose("sentences", KEY)
    try:
        fits(version, measure)
    except UserProblem as problem:
        st.info(escape(str(problem)), icon=":material/info:")
        return
    _form(version, measure)
    bias_run.watched(version)
    bias_run.results(version, "sentences")


def _form(version: ModelVersion, measure: Measure) -> None:
    lists = bias_lists.chosen(f"{KEY}-lists", measure=measure, default=("WEAT 6",))
    texts, why = bias_sentences_texts.choose(f"{KEY}-texts") if measure.name == "ceat" else ({}, "")
    words = OF_WORDS if measure.name == "ceat" else WORDS
    values = method_form.parameters(measure.config, f"{KEY}-{measure.name}", without=("vectors",), words=words)
    if measure.name == "seat":
        why = bias_sentences_preview.show(lists.tests, values, KEY)
    why = lists.why or why
    bias_run.button(version, "Measure", f"{KEY}-go", lambda: _asked(measure, lists, values, texts), why=why)
    if why:
        st.caption(escape(why))


def _asked(measure: Measure, lists: bias_lists.Chosen, values: dict[str, Any], texts: dict[str, Any]) -> list[Any]:
    from core.bias.inputs import Inputs
    from core.jobs.auditing import Asked

    return [Asked(measure.name, Inputs(one.name, one, None, one.source), values, **texts) for one in lists.tests]
