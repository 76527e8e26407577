"""All datasets, one card each: name, rows, labels, who saved it when."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components import navigation, url
from dashboard.components.plain import escape
from dashboard.components.quantities import ago, count
from registry.records import DatasetVersion

A_PAGE = 12


def show(newest: Sequence[DatasetVersion]) -> None:
    """Draw the cards of the newest versions, with a search where there are many."""
    if not newest:
        nothing()
        return
    sought = (
        st.text_input("Search", key="datasets-search", placeholder="Name or description") if len(newest) > 6 else ""
    )
    found = [version for version in newest if matches(version, sought)]
    if not found:
        st.info("No dataset has these words in its name or description.")
    pages = -(-len(found) // A_PAGE)
    place = st.session_state.get("datasets-page", 1) if pages > 1 else 1
    for version in found[(min(place, pages) - 1) * A_PAGE :][:A_PAGE]:
        card(version)
    if pages > 1:
        st.pagination(pages, key="datasets-page")
    navigation.link(navigation.UPLOAD, "Upload another", icon=":material/upload_file:")


def matches(version: DatasetVersion, sought: str) -> bool:
    """Whether every sought word stands in the name or the description."""
    within = f"{version.name} {version.description}".casefold()
    return all(word in within for word in sought.casefold().split())


def card(version: DatasetVersion) -> None:
    """One dataset as its newest version."""
    with st.container(border=True, gap="xsmall", key=f"dataset-card-{version.id}"):
        navigation.link(navigation.DATASETS, f"**{escape(version.name)}**", params=url.dataset(version.name))
        if version.description:
            st.text(version.description)
        st.caption(facts(version))


def facts(version: DatasetVersion) -> str:
    """Version, rows, labels, and who saved it when, in one line."""
    several = ", several a text" if version.problem_type == "multi_label" else ""
    parts = [f"version {version.version}", count(sum(version.rows.values()), "row")]
    parts.append(count(len(version.labels), "label") + several)
    parts.append(f"saved by {escape(version.created_by)} {ago(version.created_at)}")
    return " · ".join(parts)


def nothing() -> None:
    """What to do where there is no dataset yet."""
    st.info("There is no dataset yet. Upload a table with texts and labels to begin.")
    navigation.link(navigation.UPLOAD, "Upload a file", icon=":material/upload_file:")
