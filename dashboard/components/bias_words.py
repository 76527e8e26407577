"""Word associations: choose a measure, lists and kinds of vectors; see what will be found; measure; read the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import (
    bias_lists,
    bias_measure,
    bias_run,
    bias_words_calibrated,
    bias_words_kinds,
    bias_words_numbers,
    bias_words_preview,
    bias_words_together,
    method_form,
    navigation,
)
from dashboard.components.bias_list_draft import MOST
from dashboard.components.plain import escape
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.bias.measure import Measure

KEY, LISTS = "bias-words", "bias-words-lists"


def show(version: ModelVersion) -> None:
    """Draw the form, the run and the results; one sentence where the model has no vectors of words."""
    from core.errors import UserProblem
    from core.jobs.auditing import fits

    measure = bias_measure.choose("words", KEY)
    try:
        fits(version, measure)
    except UserProblem as problem:
        st.info(escape(str(problem)), icon=":material/info:")
        return
    _form(version, measure)
    bias_run.watched(version)
    bias_words_together.show(version)
    bias_run.results(version, "words")
    bias_words_calibrated.show(version, LISTS)
    _other_models(version)


def _form(version: ModelVersion, measure: Measure) -> None:
    from core.bias.inputs import Inputs
    from core.jobs.auditing import Asked

    some = tuple(range(1, MOST + 1)) if measure.attributes is None else measure.attributes
    start = measure.metadata.get("lists", ("WEAT 6",))
    lists = bias_lists.chosen(LISTS, targets=measure.targets, attributes=some, default=start)
    if measure.metadata.get("aligned"):
        st.caption("The two targets are read in pairs: the first word of one with the first of the other, and so on.")
    numbers = bias_words_numbers.choose(measure, f"{KEY}-{measure.name}")
    vectors = bias_words_kinds.choose(version, measure, KEY)
    values = method_form.parameters(measure.config, f"{KEY}-{measure.name}", without=("vectors",))
    why = lists.why or vectors.why
    pairs = [] if why else bias_words_preview.show(version, measure, lists.tests, vectors.kinds, KEY)
    why = why or ("" if pairs else "No list has words left in every set, see above: change the list or the vectors.")

    def asked() -> list[Asked]:
        return [
            Asked(
                measure.name, Inputs(one.name, one, numbers, one.source), vectors.settings(values, kind),
                **vectors.texts(kind),
            )
            for one, kind in pairs
        ]  # fmt: skip

    bias_run.button(
        version, "Measure" if len(pairs) < 2 else f"Measure, {len(pairs)} results", f"{KEY}-go", asked, why=why
    )
    if why:
        st.caption(escape(why))


def _other_models(version: ModelVersion) -> None:
    """How word vectors come here, where none are."""
    from dashboard.components import choose_model

    if version.kind != "static_vectors" and not choose_model.versions("static_vectors"):
        st.caption("Tables of word vectors, such as GloVe and word2vec, can be measured too once they are imported.")
        navigation.link(navigation.MODELS, "Import word vectors", icon=":material/upload:")
