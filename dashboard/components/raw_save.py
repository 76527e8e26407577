"""The last step of raw text: a name, a description, and the corpus version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.jobs import corpora
from dashboard.components import navigation, problems, save_form, services, url
from dashboard.components.quantities import count

if TYPE_CHECKING:
    from core.data.corpus.report import CorpusReport
    from core.jobs.staging import Staged


def show(staged: Staged, report: CorpusReport) -> None:
    """Draw the form; saving leads to the new version's page."""
    st.subheader("4 · Save", anchor=False)
    with st.form(f"raw-save-{staged.id}", border=True):
        name = st.text_input("Name", value=save_form.suggested(staged.name), max_chars=100, key=f"raw-name-{staged.id}")
        description = st.text_area(
            "Description",
            key=f"raw-description-{staged.id}",
            height=80,
            placeholder="Where the text comes from, under which licence",
        )
        pressed = st.form_submit_button(
            f"Save {count(report.sentences, 'sentence')}",
            type="primary",
            icon=":material/save:",
            disabled=not report.can_save,
            key=f"raw-save-button-{staged.id}",
        )
    if pressed:
        with problems.told():
            version = corpora.save(
                services.registry(), staged, report, name=name, description=description, who=services.who()
            )
            navigation.go(navigation.DATASETS, url.dataset(version.name, version.version) | {"saved": "1"})
