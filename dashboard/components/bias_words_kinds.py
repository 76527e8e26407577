"""Which vectors a word gets: several kinds side by side, each measured by itself, never averaged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.components import choose_dataset
from registry.records import DatasetVersion, ModelVersion

if TYPE_CHECKING:
    from core.bias.measure import Measure

START = ("input_embedding", "layer", "sentence")
HELP = (
    "A BERT has no single vector of a word, and the kinds disagree. Each one chosen is measured by itself and shown "
    "beside the others. Input embedding: the row of a word of one piece. Word alone, at a layer: mean of its pieces' "
    "states. Word alone, as a sentence: as a sentence encoder reads it. Many contexts: the mean over sentences with it."
)


@dataclass(frozen=True)
class Kinds:
    """Kinds of vector to measure ("" where there is no such choice), texts for contexts, why it cannot be yet."""

    kinds: tuple[str, ...]
    data: DatasetVersion | None = None
    why: str = ""

    def settings(self, values: Mapping[str, Any], kind: str) -> dict[str, Any]:
        """The settings of one kind."""
        return {**values, "vectors": kind} if kind else dict(values)

    def texts(self, kind: str) -> dict[str, Any]:
        """The dataset of one kind, as a measure is asked for it."""
        return {"dataset": self.data.id} if kind == "contexts" and self.data is not None else {}


def choose(version: ModelVersion, measure: Measure, key: str) -> Kinds:
    """Draw the choice; a table of word vectors has one kind, so there is nothing to choose."""
    from core.bias.vectors.kinds import KINDS, TITLES

    if not any(one.name == "vectors" for one in fields(measure.config)):
        return Kinds(("",))
    if version.kind == "static_vectors":
        return Kinds(("static",))
    have = [kind for kind in KINDS if kind != "static"]
    chosen = st.multiselect(
        "Vectors of words, side by side", have, default=[kind for kind in START if kind in have],
        format_func=TITLES.__getitem__, key=f"{key}-kinds", help=HELP, persist_state="session",
    )  # fmt: skip
    data = _texts(key) if "contexts" in chosen else None
    return Kinds(tuple(kind for kind in have if kind in chosen), data, "" if chosen else "Choose a kind of vector.")


def _texts(key: str) -> DatasetVersion | None:
    """Whose sentences the mean over many contexts takes; None for neutral ones of our own."""
    found = [version for version in choose_dataset.every_version() if not version.is_raw_text]
    return st.selectbox(
        "Sentences for the mean over many contexts", [None, *found], key=f"{key}-texts",
        format_func=lambda one: "neutral sentences, written for this product" if one is None
        else choose_dataset.label(one),
        help="Sentences of a dataset that hold the word; a word that none of them holds is left out and named.",
    )  # fmt: skip
