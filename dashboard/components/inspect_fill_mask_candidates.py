"""Given words in place of a mask, whole, also where they are several pieces: scores, ranked."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.components import exports, inspected, problems, told_progress
from dashboard.components.inspect_fill_mask_text import GIVEN
from dashboard.components.kept import kept
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.fill_mask.candidates import Method, Scored
    from core.inspection.subject import Subject

METHODS: dict[Method, str] = {
    "word_l2r": "Later pieces of the word masked too (Kauf and Ivanova 2023)",
    "pll": "One piece masked at a time (Salazar et al. 2020)",
    "whole_word": "All pieces of the word masked (Kauf and Ivanova 2023)",
}


def show(version: ModelVersion, model: Any, subject: Subject, text: str, masks: int) -> None:
    """Draw the words and, where there are some, their scores."""
    st.subheader("Your own candidates", anchor=False)
    given = st.text_input(
        "Words, with commas between them", key=GIVEN, persist_state="session",
        placeholder="amontillado, wine, water", help='A word with a comma in it stands in quotes: "1,000".',
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", key="fill-mask-candidate-options"):
        mask = (
            int(st.number_input("In place of mask", 1, masks, key=f"fill-mask-of-{masks}", width=140))
            if masks > 1
            else 1
        )
        method = st.selectbox(
            "Score", list(METHODS), format_func=METHODS.__getitem__, key="fill-mask-method", width=420
        )
        mean = st.toggle(
            "Mean a piece", key="fill-mask-mean",
            help="The sum favours words of few pieces, the mean words of many; neither is right for every question.",
        )  # fmt: skip
    words = tuple(next(csv.reader([given or ""], skipinitialspace=True), []))
    if not any(word.strip() for word in words):
        st.caption(
            "Words that the mask is asked for, in full: a word of several pieces is never replaced by its first."
        )
        return
    with problems.told():
        _shown(version, _scored(version, model, subject, text, words, mask), method, mean)


def _scored(
    version: ModelVersion, model: Any, subject: Subject, text: str, words: Sequence[str], mask: int
) -> tuple[Scored, ...]:
    from core.inspection.fill_mask.candidates import score

    def make() -> tuple[Scored, ...]:
        with told_progress.told("Scoring the candidates …") as report, inspected.TURN:
            return score(model, subject, text, words, mask=mask - 1, report=report)

    return kept("fill-mask-candidates", (version.id, text, tuple(words), mask), make)


def _shown(version: ModelVersion, scores: Sequence[Scored], method: Method, mean: bool) -> None:
    from core.inspection.charts.fill_mask import candidates_chart, candidates_frame

    table = candidates_frame(scores, method, mean=mean)
    chart = candidates_chart(table, method, mean=mean)
    columns = ["rank", "candidate", "pieces", f"{method} sum", f"{method} mean", "problem"]
    st.dataframe(
        table[columns].rename(columns={f"{method} sum": "sum of ln p", f"{method} mean": "mean a piece"}),
        key="fill-mask-scores", hide_index=True, alt="Candidates, the best first",
        column_config={name: st.column_config.NumberColumn(format="%.3f") for name in ("sum of ln p", "mean a piece")},
    )  # fmt: skip
    if table["rank"].notna().any():
        first = table.iloc[0]
        st.altair_chart(
            chart.properties(width="container"), key="fill-mask-scores-chart",
            alt=f"{first['candidate']} fits best, {table['rank'].notna().sum()} candidates scored",
        )  # fmt: skip
    st.caption(
        "ln p of the candidate's pieces behind masks, in nats; nearer zero fits better. Words with another number of "
        "pieces stand behind another number of masks, so compare them with care."
    )
    exports.exports(f"candidates-{version.name}", "fill-mask-scores-out", table, chart)
