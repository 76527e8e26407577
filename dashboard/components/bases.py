"""The base models to choose from, and the tokenizer of the chosen one."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.components import services
from registry import models
from registry.records import ModelVersion


def pretrained() -> tuple[ModelVersion, ...]:
    """The newest version of every pretrained model that is in order."""
    with services.registry().read() as session:
        newest = [model.versions[0] for model in models.listing(session) if model.versions]
    return tuple(version for version in newest if version.kind == "pretrained" and version.status == "ready")


def tokenizer(key: str) -> Path | None:
    """Draw the choice of a base model and return where its tokenizer lies; None when there is no base model."""
    versions = pretrained()
    named = {version.id: version.name for version in versions}
    chosen = st.selectbox(
        "Base model to measure with",
        list(named),
        format_func=lambda identifier: named.get(identifier, ""),
        key=key,
        help="Its tokenizer counts the tokens of each text and knows which words it has never seen. "
        "You choose the model to train later.",
    )
    return next((_file(version) for version in versions if version.id == chosen), None)


def _file(version: ModelVersion) -> Path | None:
    path = services.registry().artifacts.local(version.artifact) / "tokenizer.json"
    return path if path.is_file() else None
