"""Choose one version of a dataset; the address may name it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components import navigation, quantities, url
from dashboard.components.services import registry
from registry import datasets
from registry.records import DatasetVersion


def choose(key: str, first: str | None = None) -> DatasetVersion | None:
    """A select box of all labelled versions, the newest of each name first; None, with a way on, where there are none.

    Raw text has no labels to learn or to score, so it is not among them. It starts at the version the address names,
    else at the id `first`.
    """
    found = tuple(version for version in every_version() if not version.is_raw_text)
    if not found:
        st.info("There is no dataset yet. Upload a labelled file first.", icon=":material/table_rows:")
        navigation.link(navigation.UPLOAD, "Upload a file", icon=":material/upload_file:")
        return None
    return st.selectbox(
        "Dataset version",
        found,
        index=place(found, first),
        format_func=label,
        key=key,
        help="A version never changes: rows, labels and splits are fixed.",
    )


def every_version() -> tuple[DatasetVersion, ...]:
    """All versions of all datasets: names as the registry lists them, newest version first."""
    with registry().read() as session:
        names = [newest.name for newest in datasets.listing(session)]
        return tuple(item for name in names for item in datasets.versions(session, name))


def place(found: Sequence[DatasetVersion], first: str | None = None) -> int:
    """Where the version that the address names stands, else the version with id `first`, else 0."""
    name, version = url.asked("dataset"), url.asked_version()
    named = [i for i, item in enumerate(found) if item.name == name and version in (None, item.version)]
    wished = [i for i, item in enumerate(found) if item.id == first]
    return (named or wished or [0])[0]


def label(item: DatasetVersion) -> str:
    """The version with what tells it from others, in one line."""
    rows = quantities.count(sum(item.rows.values()), "row")
    return f"{item.spec} · {rows} · {quantities.count(len(item.labels), 'label')}"
