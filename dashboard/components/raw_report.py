"""The cleaning report of raw text on the page: the accounts, the findings, the lengths, the files that were refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from dashboard.components import raw_charts
from dashboard.components.plain import escape
from dashboard.components.quantities import count, share

if TYPE_CHECKING:
    from core.data.corpus.report import CorpusReport

FULL = ":green[:material/check:]"
WARNING = ":orange[:material/warning:]"
HELD = {"documents": "whole documents", "passages": "passages", "files": "whole files"}


def show(report: CorpusReport, key: str) -> None:
    """Draw the whole report."""
    account(report)
    for sentence in report.blockers:
        st.error(escape(sentence))
    numbers(report, key)
    for note in report.notes:
        st.caption(f":material/info: {escape(note)}")
    findings(report, key)
    st.markdown("**Length of the sentences**")
    raw_charts.lengths(report.lengths, key)


def account(report: CorpusReport) -> None:
    """Every document is kept, empty or dropped; then how the sentences are split."""
    gone = report.documents_in - report.documents
    st.subheader(f"{report.documents_in:,} documents in = {report.documents:,} kept + {gone:,} left out", anchor=False)
    if gone:
        parts = {
            "empty": report.empty,
            "the same as an earlier one": report.dropped_duplicates,
            "nearly the same as an earlier one": report.dropped_near_duplicates,
        }
        st.caption("Left out: " + ", ".join(f"{number:,} {words}" for words, number in parts.items() if number) + ".")
    held = report.splits.get("holdout", 0)
    said = f"{report.splits['train']:,} sentences to train on"
    if held:
        by = HELD[report.holdout["by"]]
        said += f", {held:,} held out as {by} ({share(held / max(1, report.sentences))})"
    st.caption(said + ".")


def numbers(report: CorpusReport, key: str) -> None:
    """Documents, sentences, words, characters."""
    with st.container(horizontal=True, key=f"{key}-numbers"):
        for title in ("documents", "sentences", "words", "characters"):
            st.metric(title.capitalize(), f"{getattr(report, title):,}", border=True)


def findings(report: CorpusReport, key: str) -> None:
    """What was found, each with examples; or that there was nothing."""
    found = [*_replaced(report), *_duplicates(report), *_near(report), *_long(report)]
    if not found:
        st.success("Nothing to mend: no repeated document, no damaged character, no endless sentence.")
    for place, (title, words, rows) in enumerate(found):
        with st.expander(f"{WARNING} **{escape(title)}**", key=f"{key}-finding-{place}"):
            st.text(words, width="stretch")
            if rows:
                st.dataframe(pd.DataFrame(rows), key=f"{key}-finding-rows-{place}", hide_index=True, lazy=False)


Finding = tuple[str, str, list[dict[str, Any]]]


def _replaced(report: CorpusReport) -> list[Finding]:
    if not report.replaced:
        return []
    words = "They stand where bytes could not be read. Choose another encoding above if words are broken by them."
    return [(f"Damaged characters · {report.replaced:,} ({share(report.replaced_share)})", words, [])]


def _duplicates(report: CorpusReport) -> list[Finding]:
    if not report.duplicates:
        return []
    words = "They repeat an earlier document word for word. A model learns them by heart; keep one of each above."
    done = " · one of each is kept" if report.dropped_duplicates else ""
    return [(f"Documents that are the same · {report.duplicates:,}{done}", words, [])]


def _near(report: CorpusReport) -> list[Finding]:
    if not report.near_duplicate_groups:
        return []
    rows = [
        {
            "documents": one["documents"],
            "similarity": f"{'about ' if one['estimated'] else ''}{one['similarity']:.2f}",
            "files": ", ".join(dict.fromkeys(member["name"] for member in one["members"])),
            "begins": one["members"][0]["begins"],
        }
        for one in report.near_duplicates
    ]
    words = (
        "They share four fifths or more of their runs of five words. None of a group is held out while another trains."
    )
    done = " · one of each group is kept" if report.dropped_near_duplicates else ""
    return [(f"Near-duplicates · {count(report.near_duplicate_groups, 'group')}{done}", words, rows)]


def _long(report: CorpusReport) -> list[Finding]:
    if not report.long_sentences:
        return []
    rows = [{"words": one["words"], "file": one["name"], "sentence": one["sentence"]} for one in report.longest]
    words = "They have more than 128 words; a table of contents or another way to end a sentence is often the reason."
    return [(f"Very long sentences · {report.long_sentences:,}", words, rows)]


def refused(files: Sequence[Mapping[str, str]], key: str) -> None:
    """The files that could not be read, each with its reason."""
    if not files:
        return
    with st.expander(
        f"{WARNING} **Files that could not be read** · {len(files):,}", expanded=True, key=f"{key}-refused"
    ):
        frame = pd.DataFrame([{"file": one["name"], "why": one["reason"]} for one in files])
        config = {"why": st.column_config.TextColumn(width="large")}
        st.dataframe(frame, key=f"{key}-refused-rows", hide_index=True, column_config=config, lazy=False)
