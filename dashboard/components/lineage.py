"""Where a model version comes from and what came from it: parent, dataset version, run, children; all clickable."""

from __future__ import annotations

import streamlit as st

from dashboard.components import navigation, run_details, url
from dashboard.components.services import registry
from registry import datasets, models
from registry.errors import NotFound
from registry.records import DatasetVersion, ModelVersion


def show(version: ModelVersion) -> None:
    """Draw the links from a version's base to its children."""
    parent, dataset, children = relatives(version)
    with st.container(horizontal=True, vertical_alignment="center", key=f"lineage-{version.id}"):
        if parent:
            run_details.link_model(parent)
        if dataset:
            run_details.link_dataset(dataset)
        if version.run:
            navigation.link(navigation.RUNS, "Its run", icon=":material/timeline:", params=url.run(version.run))
    if not (parent or dataset or version.run):
        st.caption("It was not made here: no parent, dataset or run is known.")
    if children:
        st.caption("Made from it:")
        with st.container(horizontal=True, key=f"children-{version.id}"):
            for child in children:
                run_details.link_model(child)


def relatives(
    version: ModelVersion,
) -> tuple[ModelVersion | None, DatasetVersion | None, tuple[ModelVersion, ...]]:
    """Parent, dataset version and children of a version, as far as they are still there."""
    with registry().read() as session:
        children = tuple(models.children(session, version.id))
        try:
            parent = models.get(session, version.parent) if version.parent else None
        except NotFound:
            parent = None
        try:
            dataset = datasets.get(session, version.dataset_version) if version.dataset_version else None
        except NotFound:
            dataset = None
    return parent, dataset, children
