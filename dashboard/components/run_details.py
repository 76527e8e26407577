"""What a run was asked to do: its parameters, and links to the dataset and the models it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import navigation, url
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry import datasets, models
from registry.errors import NotFound
from registry.records import DatasetVersion, ModelVersion, Run


def show(run: Run) -> None:
    """Draw links, parameters and the id, folded away below the run."""
    with st.expander("What was asked for", key=f"details-{run.id}", icon=":material/tune:"):
        links(run)
        st.dataframe(
            table(run.config),
            key=f"config-{run.id}",
            hide_index=True,
            width="stretch",
            alt="Parameters of the run",
        )
        st.caption("Run id, for the command line and for reports:")
        st.code(run.id, language=None)


def links(run: Run) -> None:
    """Links to the dataset version and the model versions that the run's config names."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"links-{run.id}"):
        dataset, base = named_dataset(run), named_model(run)
        if dataset:
            link_dataset(dataset)
        if base:
            link_model(base)


def named_dataset(run: Run) -> DatasetVersion | None:
    """The dataset version the run works on, if it names one that is still there."""
    spec = run.config.get("dataset") or run.config.get("dataset_version")
    with registry().read() as session:
        try:
            return datasets.get(session, str(spec)) if spec else None
        except NotFound:
            return None


def named_model(run: Run) -> ModelVersion | None:
    """The model version the run starts from or uses, if it names one that is still there."""
    spec = run.config.get("base") or run.config.get("model")
    with registry().read() as session:
        try:
            return models.get(session, str(spec)) if spec else None
        except NotFound:
            return None


def link_dataset(item: DatasetVersion) -> None:
    """A link to a dataset version."""
    params = url.dataset(item.name, item.version)
    navigation.link(navigation.DATASETS, f"Dataset {escape(item.spec)}", icon=":material/table_rows:", params=params)


def link_model(item: ModelVersion) -> None:
    """A way to a model version; a button, because a page link to the page one is on looks chosen."""
    label, key = f"Model {escape(item.spec)}", f"model-link-{item.id}"
    if st.button(label, key=key, icon=":material/deployed_code:", type="tertiary"):
        navigation.go(navigation.MODELS, url.model(item.name, item.version))


def table(config: Mapping[str, Any]) -> pd.DataFrame:
    """Name and value of what a person chose: specs instead of ids, a method's parameters by their own names."""
    rows: list[tuple[str, str]] = []
    for name, value in config.items():
        if name == "parameters":
            rows += [(inner, _word(item)) for inner, item in value.items()]
        elif f"{name}_spec" not in config and not isinstance(value, Mapping):
            rows.append((name.removesuffix("_spec").replace("_", " "), _word(value)))
    return pd.DataFrame([row for row in rows if row[1] != ""], columns=["parameter", "value"])


def _word(value: Any) -> str:
    if value is None:
        return "chosen by itself"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
