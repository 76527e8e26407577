"""Words in context: the same word in the visitor's own sentences, its vectors compared, drawn, and looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import (
    inspected,
    told_progress,
    words_dataset,
    words_map,
    words_nearest,
    words_options,
    words_sentences,
    words_similarity,
)
from dashboard.components.kept import kept
from dashboard.components.plain import escape
from dashboard.components.words_options import Options
from dashboard.components.words_sentences import Chosen
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.subject import Subject
    from core.inspection.words_in_context import InContext

TYPED, DATASET = "Typed", "From a dataset"
TABS = {"Similarity": words_similarity.show, "Picture": words_map.show, "Nearest in a dataset": words_nearest.show}


def show(version: ModelVersion) -> None:
    """Draw the view for one model."""
    st.caption(
        "A static vector, as Word2Vec has it, is the same in every sentence; BERT gives a word a new one in each. Here "
        "you see how far apart they lie. A high raw cosine alone means little, so each stands beside that of random "
        "words. Nearness shows use and topic together and proves no meaning; a model made for whole sentences mixes "
        "the sentence into each word."
    )
    subject = inspected.subject(version.id)
    source = st.segmented_control(
        "Sentences", [TYPED, DATASET], default=TYPED, required=True, key="words-source", label_visibility="collapsed"
    )
    chosen = words_dataset.choose() if source == DATASET else words_sentences.choose(subject)
    for note in chosen.notes:
        st.caption(f":material/info: {escape(note)}")
    if not chosen.placed:
        if source == TYPED and st.session_state.get(words_sentences.TEXT, "").strip():
            st.info("No word is chosen: click on one in each sentence, or write it above.", icon=":material/ads_click:")
        return
    options = words_options.choose(subject)
    found = vectors(subject, version, chosen, options)
    _told(found)
    if found.labels:
        _results(subject, version, found, _senses(chosen, found), options)


def vectors(subject: Subject, version: ModelVersion, chosen: Chosen, options: Options) -> InContext:
    """Vectors of the chosen occurrences, kept for the next run."""
    from core.inspection.words_in_context import in_context

    def make() -> InContext:
        with told_progress.told("Reading the sentences …") as report, inspected.TURN:
            return in_context(subject, chosen.placed, pooling=options.pooling, cache=inspected.cache(), report=report)

    return kept("vectors", (version.id, chosen.placed, options.pooling), make)


def _told(found: InContext) -> None:
    if found.problems:
        lines = [*found.problems[:10], *([f"and {len(found.problems) - 10} more"] if len(found.problems) > 10 else [])]
        st.warning("  \n".join(map(escape, lines)), title="Words without a vector", icon=":material/content_cut:")
    for note in found.notes:
        st.caption(f":material/info: {escape(note)}")


def _senses(chosen: Chosen, found: InContext) -> tuple[str, ...]:
    """The sense of every occurrence that has a vector."""
    of = dict(zip(chosen.placed, chosen.senses, strict=True))
    return tuple(of[each] for each in found.placed)


def _results(
    subject: Subject, version: ModelVersion, found: InContext, senses: tuple[str, ...], options: Options
) -> None:
    background = words_options.background(subject, version.id, options)
    for tab, draw in zip(st.tabs(list(TABS), key="words-tabs"), TABS.values(), strict=True):
        with tab:
            draw(subject, version, found, senses, background, options)
