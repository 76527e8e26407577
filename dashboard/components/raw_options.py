"""What a visitor decides about raw text; every choice begins with what the files suggest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from core.data.reading.options import ENCODINGS

if TYPE_CHECKING:
    from core.data.corpus.extraction.contract import Extracted
    from core.data.corpus.options import CorpusOptions

HELD_OUT = {"auto": "as the number of documents suggests", "documents": "whole documents", "passages": "passages"}
FILES = {"files": "files that I name"}
DETECTED = "as detected"


def reading(key: str) -> CorpusOptions:
    """What was chosen about the reading itself, before its widgets are drawn."""
    from core.data.corpus.options import CorpusOptions

    column, encoding = st.session_state.get(f"{key}-column"), st.session_state.get(f"{key}-encoding")
    return CorpusOptions(column=column, encoding=encoding)


def choose(extracted: Extracted, key: str) -> CorpusOptions:
    """Draw all choices and return them."""
    from core.data.corpus.options import DOCUMENT_TITLES
    from core.data.corpus.sentences import SPLITTERS
    from core.jobs import corpora

    first = corpora.suggested(extracted)
    documents = st.selectbox(
        "A document ends at",
        list(DOCUMENT_TITLES),
        index=list(DOCUMENT_TITLES).index(first.documents),
        format_func=DOCUMENT_TITLES.__getitem__,
        key=f"{key}-documents",
        help="A row of a table is always a document of its own.",
    )
    sentences = st.selectbox(
        "A sentence ends by",
        list(SPLITTERS),
        index=list(SPLITTERS).index(first.sentences),
        format_func=lambda name: SPLITTERS[name].title,
        key=f"{key}-sentences",
    )
    st.caption(SPLITTERS[sentences].summary)
    options = replace(first, documents=documents, sentences=sentences)
    if SPLITTERS[sentences].languages:
        language = st.text_input(
            "Language", value="en", max_chars=12, key=f"{key}-language", help="A code: en, de, fr …"
        )
        options = replace(options, language=language.strip() or "en")
    options = _cleaning(options, extracted, key)
    return _holdout(_reading(options, extracted, key), [source.name for source in extracted.sources], key)


def _cleaning(options: CorpusOptions, extracted: Extracted, key: str) -> CorpusOptions:
    from core.data.corpus.sentences import SPLITTERS

    join = options.join_lines
    if not SPLITTERS[options.sentences].keeps_lines and any(source.wrapped for source in extracted.sources):
        join = st.checkbox("Join the lines of a paragraph", value=True, key=f"{key}-join")
    strip = False
    if extracted.gutenberg:
        strip = st.checkbox("Take off Project Gutenberg's header and licence", value=True, key=f"{key}-gutenberg")
    exact = st.checkbox("Keep one of documents that are the same", key=f"{key}-exact")
    near = st.checkbox("Keep one of each group of near-duplicates", key=f"{key}-near")
    return replace(options, join_lines=join, strip_gutenberg=strip, drop_duplicates=exact, drop_near_duplicates=near)


def _reading(options: CorpusOptions, extracted: Extracted, key: str) -> CorpusOptions:
    columns = list(dict.fromkeys(name for one in extracted.sources for name in one.facts.get("columns", ())))
    texts = any(one.facts.get("encoding") for one in extracted.sources)
    if len(columns) > 1:
        column = st.selectbox(
            "Column that holds the text",
            [None, *columns],
            format_func=lambda name: DETECTED if name is None else name,
            key=f"{key}-column",
        )
        options = replace(options, column=column)
    if texts:
        encoding = st.selectbox(
            "Encoding",
            [None, *ENCODINGS],
            format_func=lambda name: DETECTED if name is None else name,
            key=f"{key}-encoding",
        )
        options = replace(options, encoding=encoding)
    return options


def _holdout(options: CorpusOptions, files: list[str], key: str) -> CorpusOptions:
    kinds = HELD_OUT | (FILES if len(files) > 1 else {})
    by = str(st.session_state.get(f"{key}-by", "auto"))
    share = f"{int(st.session_state.get(f'{key}-share', 10))} %" if by != "files" else "files"
    with st.expander(f"Held out of training: {share}", icon=":material/call_split:", key=f"{key}-holdout"):
        by = st.selectbox("Held out are", list(kinds), format_func=kinds.__getitem__, key=f"{key}-by")
        if by == "files":
            chosen = st.multiselect("Files", files, key=f"{key}-held-files", placeholder="At least one")
            st.caption("Their near-duplicates are held out with them.")
            return replace(options, holdout_by=by, holdout_files=tuple(chosen)) if chosen else options
        percent = st.number_input("For measuring, %", min_value=0, max_value=50, value=10, step=5, key=f"{key}-share")
        seed = st.number_input("Seed", min_value=0, max_value=2**31, value=42, step=1, key=f"{key}-seed")
        st.caption("Near-duplicates of each other never stand on both sides.")
    return replace(options, holdout=percent / 100, holdout_by=by, seed=int(seed))
