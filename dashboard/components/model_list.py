"""All registered models: trained here, pretrained, and tables of word vectors; each with what tells them apart."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.components import (
    choose_method,
    model_scores,
    navigation,
    outdated,
    quantities,
    row_opener,
    url,
    word_vectors,
)
from dashboard.components.services import registry
from registry import models
from registry.records import DatasetVersion, ModelVersion, RegisteredModel, Score


def show() -> None:
    """Draw the tables; a click opens the newest version of the row's model."""
    with registry().read() as session:
        found = models.listing(session)
    trained = [model for model in found if model.versions and model.versions[0].kind == "fine_tuned"]
    bases = [model for model in found if model.versions and model.versions[0].kind == "pretrained"]
    st.subheader("Fine-tuned", anchor=False)
    if trained:
        _open(row_opener.table(trained_frame(trained), "trained-models", alt="Fine-tuned models"), trained)
        st.caption("Click a row to open the model.")
    else:
        st.info("No model has been trained yet.", icon=":material/model_training:")
        navigation.link(navigation.TRAIN, "Train the first one", icon=":material/model_training:")
    st.subheader("Pretrained", anchor=False)
    _open(row_opener.table(base_frame(bases), "base-models", alt="Pretrained models"), bases)
    tables = [model for model in found if model.versions and model.versions[0].kind == word_vectors.KIND]
    if tables:
        st.subheader(word_vectors.TITLE, anchor=False)
        _open(row_opener.table(word_vectors.frame(tables), "vector-tables", alt="Tables of word vectors"), tables)


def _open(clicked: int | None, found: Sequence[RegisteredModel]) -> None:
    if clicked is not None:
        navigation.go(navigation.MODELS, url.model(found[clicked].name))


def trained_frame(found: Sequence[RegisteredModel]) -> pd.DataFrame:
    """One row a fine-tuned model: its newest version, headline, data, aliases, when and by whom."""
    rows = []
    for model in found:
        newest = model.versions[0]
        score, dataset = model_scores.newest(newest)
        rows.append(
            {
                "model": model.name,
                "newest": newest.version,
                "method": choose_method.title(newest.method),
                "macro-F1 (95 % interval)": quantities.interval(score.metrics.get("f1_macro")) if score else "–",
                "measured on": measured_on(score, dataset),
                "aliases": aliases(model),
                "made": quantities.ago(newest.created_at),
                "by": newest.created_by,
            }
        )
    return pd.DataFrame(rows)


def measured_on(score: Score | None, dataset: DatasetVersion | None) -> str:
    """Dataset version, split and rows behind the headline, and the newer version where there is one."""
    if score is None or dataset is None:
        return "–"
    newest = outdated.newer(dataset)
    told = f"; version {newest.version} exists" if newest else ""
    return f"{dataset.spec} {score.split}, {score.rows:,} rows{told}"


def base_frame(found: Sequence[RegisteredModel]) -> pd.DataFrame:
    """One row a pretrained model: origin, architecture and size of its newest version."""
    return pd.DataFrame(
        [
            {
                "model": model.name,
                "newest": model.versions[0].version,
                "pre-trained here on": model.versions[0].facts.get("pretrained_on") or "–",
                "from": model.versions[0].facts.get("base") or "–",
                "layers": model.versions[0].facts.get("layers"),
                "hidden size": model.versions[0].facts.get("hidden_size"),
                "parameters": million(model.versions[0]),
                "size": quantities.size(model.versions[0].artifact.size),
                "added": quantities.ago(model.versions[0].created_at),
                "by": model.versions[0].created_by,
            }
            for model in found
        ]
    )


def million(version: ModelVersion) -> str:
    """Number of weights in millions, or a dash."""
    weights = version.facts.get("parameters")
    return f"{weights / 1e6:.1f} M" if isinstance(weights, int | float) else "–"


def aliases(model: RegisteredModel) -> str:
    """Every alias with the version it points at, without `latest`."""
    named = [
        f"@{alias} → {version.version}" for version in model.versions for alias in version.aliases if alias != "latest"
    ]
    return ", ".join(named)
