"""A word searched in a dataset of the registry, labelled or raw text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import choose_dataset, quantities
from dashboard.components.kept import kept
from dashboard.components.services import registry
from dashboard.components.words_sentences import Chosen
from registry.records import DatasetVersion

if TYPE_CHECKING:
    from core.inspection.occurrences import Found

DEFAULT, MOST = 30, 1_000


def choose() -> Chosen:
    """Draw the dataset, the word and how many; nothing chosen before there is a word."""
    from core.inspection.occurrences import Placed

    with st.container(horizontal=True, vertical_alignment="bottom", key="words-dataset"):
        version = pick("Dataset", "words-dataset-version")
        word = (st.text_input("Word", key="words-dataset-word", placeholder="bank", width=200) or "").strip()
        limit = st.number_input("At most", 1, MOST, DEFAULT, key="words-dataset-limit", width=130)
        case = st.toggle("Match case", key="words-dataset-case")
    if not word:
        st.info("Write a word; its occurrences are looked for in every text of the dataset.", icon=":material/search:")
        return Chosen()
    found = kept("search", (version.id, word, limit, case), lambda: _search(version, word, limit, case))
    if not found.total:
        st.info(
            f"None of {quantities.count(found.texts, 'text')} holds this word as a whole.", icon=":material/search:"
        )
        return Chosen()
    placed = tuple(Placed(number, one) for number, one in enumerate(found.occurrences, start=1))
    sampled = ", a random sample" if found.total > len(placed) else ""
    note = f"{quantities.count(found.total, 'occurrence')} in {quantities.count(found.texts, 'text')}"
    return Chosen(placed, ("",) * len(placed), (f"{note}; {len(placed):,} taken{sampled}.",))


def pick(label: str, key: str) -> DatasetVersion:
    """A select box of all dataset versions, raw text first."""
    found = sorted(choose_dataset.every_version(), key=lambda version: not version.is_raw_text)
    return st.selectbox(label, found, format_func=named, key=key, width=330)


def named(version: DatasetVersion) -> str:
    """The version with its size."""
    unit = "sentence" if version.is_raw_text else "row"
    return f"{version.spec} · {quantities.count(sum(version.rows.values()), unit)}"


def _search(version: DatasetVersion, word: str, limit: int, case: bool) -> Found:
    from core.inspection.occurrences import sample, searching
    from core.jobs import inspecting

    with st.spinner("Searching the texts …", show_time=True):
        return sample(inspecting.texts(registry(), version.id), searching(word, match_case=case), limit=limit)
