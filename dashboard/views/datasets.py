"""Datasets page: all datasets, and one version of one of them in full.

`?dataset=NAME&version=N` names the version shown; without a version the newest is shown.
"""

from __future__ import annotations

import streamlit as st

from dashboard.components import dataset_list, dataset_version, navigation, services, url
from registry import datasets


def page() -> None:
    """Draw the list, or the version that the address names."""
    name = url.asked("dataset")
    if name is None:
        everything()
    else:
        if st.button("All datasets", icon=":material/arrow_back:", type="tertiary", key="datasets-all"):
            navigation.go(navigation.DATASETS)
        dataset_version.show(name, url.asked_version())


def everything() -> None:
    """All datasets by name, newest first."""
    st.title("Datasets", anchor=False)
    st.caption("Every saved version stays as it is: a model can always be traced to the rows it learned from.")
    with services.registry().read() as session:
        newest = datasets.listing(session)
    dataset_list.show(newest)


if __name__ == "__main__":
    page()
