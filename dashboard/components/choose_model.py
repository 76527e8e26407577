"""Choose one version of a registered model; the address may name it as `?model=NAME&version=3`,
`?model=NAME/3` or `?model=NAME@champion`."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components import url
from dashboard.components.services import registry
from registry import models
from registry.records import ModelKind, ModelVersion


def versions(kind: ModelKind) -> tuple[ModelVersion, ...]:
    """All versions of one kind that can be used, newest version of each name first."""
    with registry().read() as session:
        found = models.listing(session)
    return tuple(item for model in found for item in model.versions if item.kind == kind and item.status == "ready")


def choose(
    title: str, found: Sequence[ModelVersion], key: str, *, help_text: str | None = None, first: str | None = None
) -> ModelVersion:
    """A select box of `found` (not empty); starts at the version the address names, else at the id `first`."""
    return st.selectbox(title, found, index=place(found, first), format_func=label, key=key, help=help_text)


def place(found: Sequence[ModelVersion], first: str | None = None) -> int:
    """Where the version that the address names stands, else the version with id `first`, else 0."""
    asked, version = url.asked("model") or "", url.asked_version()
    name, _, alias = asked.partition("@")
    named = [
        i
        for i, item in enumerate(found)
        if (item.name == name and version in (None, item.version) and alias in ("", *item.aliases))
        or item.spec == asked
    ]
    wished = [i for i, item in enumerate(found) if item.id == first]
    return (named or wished or [0])[0]


def label(item: ModelVersion) -> str:
    """The version with its aliases, in one line; `latest` is left out where other aliases say more."""
    aliases = [alias for alias in item.aliases if alias != "latest"] or list(item.aliases)
    return item.spec + "".join(f" @{alias}" for alias in aliases)
