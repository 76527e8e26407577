"""How a table of word vectors is shown among the models: what it is, its row in the list, and where to go with it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.components import navigation, quantities, url
from registry.records import ModelKind, ModelVersion, RegisteredModel

KIND: ModelKind = "static_vectors"
TITLE = "Word vectors"


def made(version: ModelVersion) -> str:
    """Words and width in one line."""
    words, width = version.facts.get("words", 0), version.facts.get("hidden_size", 0)
    return f"{TITLE}: {words:,} words, {width:,} numbers each"


def actions(version: ModelVersion) -> None:
    """The one thing that is done with a table: measuring it."""
    if st.button("Measure bias", key=f"measure-{version.id}", type="primary", icon=":material/balance:"):
        navigation.go(navigation.BIAS, url.model(version.name, version.version) | {"view": "words"})


def frame(found: Sequence[RegisteredModel]) -> pd.DataFrame:
    """One row a table: words, width, format and size of its newest version."""
    return pd.DataFrame(
        [
            {
                "model": model.name,
                "newest": model.versions[0].version,
                "words": model.versions[0].facts.get("words"),
                "numbers each": model.versions[0].facts.get("hidden_size"),
                "came as": model.versions[0].facts.get("format") or "–",
                "size": quantities.size(model.versions[0].artifact.size),
                "added": quantities.ago(model.versions[0].created_at),
                "by": model.versions[0].created_by,
            }
            for model in found
        ]
    )
