"""Raw text on the upload page: files become a corpus in four steps, and nothing is saved before the last."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from dashboard.components import (
    bases,
    held,
    problems,
    raw_desk,
    raw_options,
    raw_preview,
    raw_report,
    raw_save,
    told_progress,
)
from dashboard.components.plain import escape
from dashboard.components.quantities import count, size

if TYPE_CHECKING:
    from core.data.corpus.extraction.contract import Extracted
    from core.data.corpus.options import CorpusOptions
    from core.jobs.staging import Staged

TYPES = ["txt", "md", "docx", "pdf", "csv", "tsv", "xlsx", "parquet", "jsonl", "ndjson", "json", "gz", "zip"]
SAID = (
    "Text, Markdown, Word and PDF files, or a column of a table; several at once, also as .gz or .zip. "
    "Every file is either read or named with the reason why not."
)
READING = "Reading the files in a process of its own, with limits on memory and time …"
CHECKING = "Cutting, comparing and measuring every document in a process of its own …"
AT_ONCE = 8_000_000  # bytes; the report on more text waits for a click


def begin() -> None:
    """The first step: files of one's own, or the sample."""
    st.caption("Bring text without labels to pre-train on. Nothing is saved until you have seen the report.")
    turn = st.session_state.setdefault("upload-turn", 0)
    given = st.file_uploader("Drop files here", type=TYPES, key=f"raw-uploader-{turn}", accept_multiple_files=True)
    st.caption(SAID)
    if given:
        take(given)
    sample()


def take(given: list[Any]) -> None:
    """Stage one file as it is, several as one zip."""
    from core.jobs import corpora

    if len(given) == 1:
        held.take("upload", given[0].name, given[0])
        return
    with tempfile.TemporaryDirectory() as folder:
        packed = Path(folder) / "several.zip"
        corpora.pack(packed, [(item.name, item) for item in given])
        with packed.open("rb") as stream:
            held.take("upload", f"{len(given)} files.zip", stream)


def sample() -> None:
    """Offer the sample as if it had been dropped on the page."""
    from core.data.samples import CORPUS

    with st.container(border=True, key="raw-sample"):
        st.markdown("**No text at hand?**")
        st.caption("Walk through the steps with a short story written for this product.")
        if st.button(f"Use the sample: {CORPUS.path.name}", icon=":material/science:", key="raw-sample-use"):
            with CORPUS.path.open("rb") as stream:
                held.take("upload", CORPUS.path.name, stream)


def work(staged: Staged) -> None:
    """The steps on staged files; each needs the one before."""
    key = f"raw-{staged.id}"
    desk = raw_desk.of(staged.id)
    st.subheader("1 · What was found", anchor=False)
    with problems.told():
        with told_progress.told(READING) as tell:
            extracted = desk.extract(staged, raw_options.reading(key), tell)
        found(extracted, key)
        if not extracted.sources:
            return
        st.subheader("2 · Documents and sentences", anchor=False)
        left, right = st.columns([2, 3], gap="large")
        with left:
            options = raw_options.choose(extracted, key)
        with right:
            raw_preview.show(desk.preview(staged, options), f"{key}-preview")
        report(staged, extracted, options, key)


def report(staged: Staged, extracted: Extracted, options: CorpusOptions, key: str) -> None:
    """The third and the fourth step."""
    st.subheader("3 · The report", anchor=False)
    desk = raw_desk.of(staged.id)
    tokenizer = bases.tokenizer(f"{key}-base")
    much = sum(source.size for source in extracted.sources)
    if (
        much > AT_ONCE
        and not desk.known(options, tokenizer)
        and not st.button(f"Look through {size(much)}", icon=":material/fact_check:", type="primary", key=f"{key}-look")
    ):
        st.caption("It takes about a second for every four megabytes. Settle the choices above first.")
        return
    with told_progress.told(CHECKING) as tell:
        told = desk.check(staged, options, tokenizer, tell)
    raw_report.show(told, key)
    raw_save.show(staged, told)


def found(extracted: Extracted, key: str) -> None:
    """Every file: read, with what was odd, or refused, with the reason."""
    read, refused = len(extracted.sources), len(extracted.refused)
    st.markdown(f"**{count(extracted.files_in, 'file')} in = {read:,} read + {refused:,} refused**")
    frame = pd.DataFrame(
        [
            {"file": one.name, "read as": one.format, "size": size(one.size), "remarks": " ".join(one.notes)}
            for one in extracted.sources
        ]
    )
    if read:
        st.dataframe(frame, key=f"{key}-sources", hide_index=True, height=min(38 + 35 * read, 213), lazy=False)
    raw_report.refused([one.to_json() for one in extracted.refused], key)
    if extracted.gutenberg:
        st.info(
            escape(
                f"The header and licence of Project Gutenberg stand in {count(extracted.gutenberg, 'file')}. "
                "They are taken off as suggested below."
            ),
            icon=":material/menu_book:",
        )
