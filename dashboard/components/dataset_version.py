"""One version of a dataset in full: rows, labels, origin, the report it was saved with, and what was trained on it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.components import (
    charts,
    corpus_version,
    dataset_actions,
    dataset_origin,
    dataset_rows,
    navigation,
    services,
    url,
)
from dashboard.components.dataset_list import facts
from dashboard.components.plain import escape
from dashboard.components.quantities import count
from registry import datasets, models
from registry.records import DatasetVersion, ModelVersion, RegisteredModel


def show(name: str, number: int | None) -> None:
    """Draw the version; the registry's own sentence is shown where there is no such version."""
    with services.registry().read() as session:
        version = datasets.get(session, name if number is None else f"{name}/{number}")
        versions = datasets.versions(session, version.name)
        trained = models_on(version, models.listing(session))
    head(version, versions)
    if version.is_raw_text:
        corpus_version.show(version, {"Models": lambda: trained_on(trained)})
        return
    counts(version)
    parts: dict[str, Callable[[], None]] = {
        "Labels": lambda: labels(version),
        "Rows": lambda: dataset_rows.show(version),
        "Report": lambda: dataset_origin.report(version),
        "Origin": lambda: dataset_origin.show(version),
        "Models": lambda: trained_on(trained),
    }
    for tab, draw in zip(st.tabs(list(parts), key="part", bind="query-params"), parts.values(), strict=True):
        if tab.open:
            with tab:
                draw()


def models_on(version: DatasetVersion, listed: tuple[RegisteredModel, ...]) -> tuple[ModelVersion, ...]:
    """All model versions that were trained on this version."""
    return tuple(each for model in listed for each in model.versions if each.dataset_version == version.id)


def head(version: DatasetVersion, versions: tuple[DatasetVersion, ...]) -> None:
    """Name, choice of version, the next step, and the counts."""
    st.title(escape(version.name), anchor=False)
    if version.description:
        st.text(version.description)
    st.caption(facts(version))
    if url.asked("saved"):
        what = "sentences" if version.is_raw_text else "rows"
        st.success(f"Saved. The {what} of this version will never change.", icon=":material/check_circle:")
    with st.container(horizontal=True, vertical_alignment="bottom", key="dataset-actions"):
        next_step(version)
        dataset_actions.show(version)
        choose_version(version, versions)


def next_step(version: DatasetVersion) -> None:
    """Train on labelled rows, pre-train on raw text."""
    if version.is_raw_text:
        corpus_version.pretrain(version)
        return
    navigation.button(
        navigation.TRAIN,
        "Train on this",
        params=url.dataset(version.name, version.version),
        icon=":material/model_training:",
        key=f"dataset-train-{version.id}",
    )


def choose_version(version: DatasetVersion, versions: tuple[DatasetVersion, ...]) -> None:
    """The other versions of this dataset, where there are any."""
    if len(versions) < 2:
        return
    numbers = [each.version for each in versions]
    chosen = st.selectbox(
        "Version",
        numbers,
        index=numbers.index(version.version),
        format_func=lambda number: f"version {number}" + (" (newest)" if number == numbers[0] else ""),
        key=f"dataset-version-{version.id}",
        width=200,
    )
    if chosen != version.version:
        navigation.go(navigation.DATASETS, url.dataset(version.name, chosen))


def counts(version: DatasetVersion) -> None:
    """Rows in each split."""
    total = sum(version.rows.values())
    shown = [("Rows", total), *((split.capitalize(), version.rows.get(split, 0)) for split in charts.SPLITS)]
    with st.container(horizontal=True, key="dataset-counts"):
        for title, rows in [*shown, ("Labels", len(version.labels))]:
            st.metric(title, f"{rows:,}", border=True)


def labels(version: DatasetVersion) -> None:
    """Class balance by split."""
    st.caption(f"{count(len(version.labels), 'label')}, in the spelling of the file.")
    charts.balance(version.report.get("class_counts", {}), f"dataset-{version.id}")


def trained_on(trained: tuple[ModelVersion, ...]) -> None:
    """Links to the models made from this version."""
    if not trained:
        st.caption("No model was made from this version yet.")
    for each in trained:
        label = f"{escape(each.name)} · version {each.version}"
        navigation.link(
            navigation.MODELS, label, icon=":material/deployed_code:", params=url.model(each.name, each.version)
        )
