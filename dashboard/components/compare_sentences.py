"""The sentences that both models read: a ready text, typed ones, or rows of a dataset."""

from __future__ import annotations

from itertools import islice

import streamlit as st

from dashboard.components import choose_dataset, quantities
from dashboard.components.plain import escape
from dashboard.components.services import registry

READY, TYPED, DATASET = "Ready text", "My sentences", "A dataset"
LINES, MOST = 60, 500
ROWS = (20, 50, 100, 200, 500)


def choose() -> tuple[str, ...]:
    """Draw the choice; the texts, () where there are none yet."""
    source = st.segmented_control(
        "Sentences", [READY, TYPED, DATASET], default=READY, required=True, key="compare-source"
    )
    if source == TYPED:
        return _typed()
    if source == DATASET:
        return _dataset()
    found = _ready()
    st.caption(f"The first {len(found)} sentences of a short story, written for this product.")
    return found


def _ready() -> tuple[str, ...]:
    from core.data.samples import CORPUS

    lines = CORPUS.path.read_text(encoding="utf-8").splitlines()
    return tuple([line for line in lines if line.strip()][:LINES])


def _typed() -> tuple[str, ...]:
    text = st.text_area(
        "Sentences, one a line", key="compare-text", height=150, persist_state="session",
        placeholder="She asked the bank for a loan.\nThe otter climbed the bank.",
    )  # fmt: skip
    found = [line for line in (text or "").splitlines() if line.strip()]
    if not found:
        st.info("Type a few sentences, or take the ready text.", icon=":material/edit:")
    if len(found) > MOST:
        st.caption(f"Only the first {MOST} of {quantities.count(len(found), 'line')} are read.")
    return tuple(found[:MOST])


def _dataset() -> tuple[str, ...]:
    from core.jobs import inspecting

    versions = choose_dataset.every_version()
    if not versions:
        st.info("There is no dataset yet. Take the ready text, or upload a file.", icon=":material/table_rows:")
        return ()
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare-dataset"):
        version = st.selectbox(
            "Dataset", versions, format_func=lambda item: item.spec, key="compare-version", width=330
        )
        rows = st.select_slider("Texts, from the first", ROWS, 100, key="compare-rows")
    found = tuple(islice(inspecting.texts(registry(), version.id), int(rows)))
    st.caption(
        escape(f"{quantities.count(len(found), 'text')} of {version.spec}; at most about 1,000 words are compared.")
    )
    return found
