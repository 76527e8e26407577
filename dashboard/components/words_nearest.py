"""The occurrences of a dataset that are nearest to a chosen one; searched when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import inspected, told_progress, words_dataset
from dashboard.components.exports import exports
from dashboard.components.plain import escape
from dashboard.components.quantities import count
from dashboard.components.services import registry
from dashboard.components.words_options import Options
from registry.records import DatasetVersion, ModelVersion

if TYPE_CHECKING:
    from core.inspection.anisotropy import Background
    from core.inspection.neighbours import Neighbours
    from core.inspection.occurrences import Found
    from core.inspection.subject import Subject
    from core.inspection.word_vectors import Occurrence
    from core.inspection.words_in_context import InContext

KEY = "words-nearest"
SAME, ANY = "the same word", "any word"


def show(
    subject: Subject, version: ModelVersion, found: InContext, senses: tuple[str, ...], background: Background,
    options: Options,
) -> None:  # fmt: skip
    """Draw the question, and the answer to what was asked last."""
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{KEY}-question"):
        place = st.selectbox(
            "Occurrence", range(len(found.labels)), format_func=lambda at: found.labels[at], key=f"{KEY}-of", width=200
        )
        data = words_dataset.pick("Look in", f"{KEY}-dataset")
        which = st.segmented_control("Compare with", [SAME, ANY], default=SAME, required=True, key=f"{KEY}-which")
        most = st.number_input("Show", 1, 100, 10, key=f"{KEY}-count", width=110)
        asked = st.button("Find the nearest", key=f"{KEY}-ask", icon=":material/search:", type="primary")
    st.caption(
        "At most 1,000 occurrences are compared, a random sample of more. The first time the model reads their texts, "
        "up to about half a minute for short ones on two cores; then their vectors are cached."
    )
    query = found.placed[place].occurrence
    question = (version.id, query, data.id, which, most, options)
    if asked:
        st.session_state[KEY] = (question, _nearest(subject, query, data, which == SAME, most, background, options))
    held = st.session_state.get(KEY)
    if held and held[0] == question:
        _answer(subject, query, held[1][0], held[1][1], options)
    elif held:
        st.caption("The question has changed: ask again.")


def _nearest(
    subject: Subject, query: Occurrence, data: DatasetVersion, same: bool, most: int, background: Background,
    options: Options,
) -> tuple[Found, Neighbours]:  # fmt: skip
    from core.inspection.neighbours import nearest, searched
    from core.jobs import inspecting

    with told_progress.told("Looking for the nearest …") as report, inspected.TURN:
        found = searched(subject, inspecting.texts(registry(), data.id), query.word if same else None)
        answer = nearest(
            subject, query, found.occurrences, background, options.layer, count=most, cache=inspected.cache(),
            standardised=options.standardised, pooling=options.pooling, report=report,
        )  # fmt: skip
    return found, answer


def _answer(subject: Subject, query: Occurrence, found: Found, answer: Neighbours, options: Options) -> None:
    from core.inspection import similarity
    from core.inspection.charts.projection import excerpt

    told = f"{count(answer.compared, 'occurrence')} compared of {found.total:,} in {count(found.texts, 'text')}"
    st.caption(escape(f"{told}, at {similarity.named(options.layer, subject.layers)}; {answer.left_out:,} left out."))
    if not answer.found:
        st.info("No other occurrence was found there. Compare with any word, or choose another dataset.")
        return
    table = pd.DataFrame(
        [
            (each.cosine, excerpt(one.text, one.start, one.end), one.word, each.minus_baseline, each.percentile)
            for each in answer.found for one in (each.occurrence,)
        ],
        columns=["cosine", "sentence", "word", "minus baseline", "percentile"],
    )  # fmt: skip
    st.text(excerpt(query.text, query.start, query.end))
    st.dataframe(
        table, key=f"{KEY}-table", hide_index=True, width="stretch", alt="Nearest occurrences",
        column_config={
            "cosine": st.column_config.NumberColumn(format="%.3f", width="small"),
            "minus baseline": st.column_config.NumberColumn(format="%.3f", width="small"),
            "percentile": st.column_config.NumberColumn(format="%.1f", width="small"),
            "word": st.column_config.TextColumn(width="small"),
            "sentence": st.column_config.TextColumn(width="large"),
        },
    )  # fmt: skip
    exports("nearest-occurrences", KEY, table)
