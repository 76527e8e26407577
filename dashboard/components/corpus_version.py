"""One version of raw text in full: counts, the text with its sentence borders, the report, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import navigation, raw_charts, raw_preview, raw_report, services, url
from dashboard.components.quantities import count, size
from registry.records import DatasetVersion

SHOWN = 12
SPLITS = {"train": "to train on", "holdout": "held out"}


def show(version: DatasetVersion, more: Mapping[str, Callable[[], None]]) -> None:
    """Draw the parts below the head of the page, and `more` of them behind."""
    counts(version)
    parts: dict[str, Callable[[], None]] = {
        "Text": lambda: text(version),
        "Lengths": lambda: raw_charts.lengths(version.report["lengths"], f"corpus-{version.id}"),
        "Report": lambda: report(version),
        "Sources": lambda: sources(version),
        **more,
    }
    for tab, draw in zip(st.tabs(list(parts), key="part", bind="query-params"), parts.values(), strict=True):
        if tab.open:
            with tab:
                draw()


def counts(version: DatasetVersion) -> None:
    """Documents, sentences, words, and what is held out."""
    told = version.report
    shown = {
        "Documents": told["documents"],
        "Sentences": told["sentences"],
        "Words": told["words"],
        "Sentences held out": version.rows.get("holdout", 0),
    }
    with st.container(horizontal=True, key="corpus-counts"):
        for title, number in shown.items():
            st.metric(title, f"{number:,}", border=True)


def text(version: DatasetVersion) -> None:
    """The first documents of a split."""
    split = st.segmented_control(
        "Part",
        [name for name in SPLITS if version.rows.get(name)],
        default="train",
        required=True,
        format_func=SPLITS.__getitem__,
        key=f"corpus-split-{version.id}",
    )
    documents = beginning(version.artifact.key, split or "train", version)
    raw_preview.show(documents, f"corpus-text-{version.id}")
    st.caption(f"The first {count(len(documents), 'document')} or passages, one sentence a line.")


@st.cache_data(max_entries=8, show_spinner="Reading the text …")
def beginning(key: str, split: str, _version: DatasetVersion) -> list[dict[str, Any]]:
    """The first documents or passages of a split."""
    from core.data.corpus.measuring import shown
    from core.data.corpus.store import open_corpus

    corpus = open_corpus(services.registry().artifacts.local(_version.artifact))
    found = islice(corpus.documents("holdout" if split == "holdout" else "train"), SHOWN)
    return [shown(document, split) for document in found]


def report(version: DatasetVersion) -> None:
    """The cleaning report that this version was saved with."""
    from core.data.corpus.report import CorpusReport

    saved = CorpusReport.from_json(version.report)
    raw_report.account(saved)
    for note in saved.notes:
        st.caption(f":material/info: {note}")
    raw_report.findings(saved, f"corpus-{version.id}")
    raw_report.refused(list(saved.refused), f"corpus-{version.id}")


def sources(version: DatasetVersion) -> None:
    """Every file with its checksum, the options, and the content hash."""
    rows = [
        {"file": one["name"], "read as": one["format"], "size": size(one["size"]), "SHA-256": one["sha256"]}
        for one in version.report["sources"]
    ]
    st.dataframe(pd.DataFrame(rows), key=f"corpus-sources-{version.id}", hide_index=True, lazy=False)
    options = {name.replace("_", " "): str(value) for name, value in version.mapping.items() if value is not None}
    facts = {
        "Upload": version.source,
        "Saved by": version.created_by,
        "Saved at": f"{version.created_at:%Y-%m-%d %H:%M} UTC",
        **options,
        "Stored": f"{size(version.artifact.size)} in {count(len(version.artifact.files), 'file')}",
    }
    st.table(pd.DataFrame({"": list(facts), " ": list(facts.values())}), border="horizontal", hide_index=True)
    st.caption("Content hash: equal for equal sentences in equal parts, whatever the files were called.")
    st.code(version.content_hash, language=None, wrap_lines=True)


def pretrain(version: DatasetVersion) -> None:
    """The next step: a link to the page that pre-trains."""
    navigation.button(
        navigation.PRETRAIN,
        "Pre-train on it",
        params=url.dataset(version.name, version.version),
        icon=":material/menu_book:",
        key=f"corpus-pretrain-{version.id}",
    )
