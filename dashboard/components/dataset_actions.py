"""What can be done to a dataset: rename it, describe a version, delete a version."""

from __future__ import annotations

import streamlit as st

from core.jobs import datasets as jobs
from dashboard.components import navigation, problems, services, url
from dashboard.components.plain import escape
from registry import datasets
from registry.records import DatasetVersion


def show(version: DatasetVersion) -> None:
    """Draw the buttons; each opens a dialog."""
    if st.button("Rename or describe", icon=":material/edit:", key=f"dataset-edit-{version.id}"):
        edit(version)
    if st.button("Delete", icon=":material/delete:", key=f"dataset-delete-{version.id}"):
        remove(version)


@st.dialog("Rename or describe")
def edit(version: DatasetVersion) -> None:
    """Change the dataset's name and this version's description."""
    name = st.text_input("Name", value=version.name, max_chars=100, key=f"dataset-name-{version.id}")
    st.caption("The name belongs to all versions of the dataset, the description to this one.")
    words = st.text_area("Description", value=version.description, key=f"dataset-description-{version.id}")
    if st.button("Save", type="primary", key=f"dataset-edit-save-{version.id}"):
        with problems.told():
            change(version, name.strip(), words)


def change(version: DatasetVersion, name: str, words: str) -> None:
    """Write what changed and show the version under its name."""
    registry, who = services.registry(), services.who()
    with registry.begin() as session:
        if words != version.description:
            datasets.describe(session, version.id, words, who)
        if name != version.name:
            datasets.rename(session, version.name, name, who)
    navigation.go(navigation.DATASETS, url.dataset(name, version.version))


@st.dialog("Delete this version?")
def remove(version: DatasetVersion) -> None:
    """Ask once more, then delete; what still uses the version is named and nothing is deleted."""
    st.markdown(f"Version {version.version} of **{escape(version.name)}** and its files will be gone for good.")
    st.caption("It cannot be deleted while a model was trained or scored on it, or while a run uses it.")
    if st.button("Delete for good", type="primary", key=f"dataset-delete-sure-{version.id}"):
        with problems.told():
            jobs.delete(services.registry(), version.id, services.who())
            navigation.go(navigation.DATASETS)
