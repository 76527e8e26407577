"""The last step of an upload: a name, a description, and the dataset version."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

from core.jobs import datasets as saving
from dashboard.components import navigation, problems, services, url
from dashboard.components.quantities import count
from registry import datasets

if TYPE_CHECKING:
    from core.data.report import Preflight
    from core.jobs.uploads import Staged


def show(staged: Staged, report: Preflight) -> None:
    """Draw the form; saving leads to the new version's page."""
    st.subheader("4 · Save", anchor=False)
    with st.form(f"save-{staged.id}", border=True):
        name = st.text_input(
            "Name", value=suggested(staged.name), max_chars=100, key=f"save-name-{staged.id}", help=_taken()
        )
        description = st.text_area(
            "Description",
            key=f"save-description-{staged.id}",
            height=80,
            placeholder="Where it comes from, who labelled it",
        )
        pressed = st.form_submit_button(
            f"Save {count(report.kept, 'row')}",
            type="primary",
            icon=":material/save:",
            disabled=not report.can_save,
            key=f"save-button-{staged.id}",
        )
        if not report.can_save:
            st.caption("Saving waits for what stands in red above.")
    if pressed:
        with problems.told():
            save(staged, report, name, description)


def save(staged: Staged, report: Preflight, name: str, description: str) -> None:
    """Save the version and go to its page."""
    registry, who = services.registry(), services.who()
    version = saving.save(registry, staged, report, name=name, description=description, who=who)
    navigation.go(navigation.DATASETS, url.dataset(version.name, version.version) | {"saved": "1"})


def suggested(file_name: str) -> str:
    """A name made from the file's: without its endings, nothing but letters, digits, blanks, dots and dashes."""
    stem = re.sub(r"(\.(csv|tsv|txt|xlsx|parquet|jsonl|ndjson|json|gz|zip))+$", "", file_name, flags=re.IGNORECASE)
    return " ".join(re.sub(r"[^\w .-]+", " ", stem).split())[:100] or "dataset"


def _taken() -> str:
    with services.registry().read() as session:
        names = [version.name for version in datasets.listing(session)]
    return "A name already in use gets its next version." + (f" {count(len(names), 'name')} in use." if names else "")
