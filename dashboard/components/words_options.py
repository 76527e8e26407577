"""By which rule words get their vectors: layer, pieces, z-score, and where random pairs come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import choose_dataset, inspected, told_progress, words_dataset
from dashboard.components.kept import kept
from dashboard.components.services import registry
from registry.records import DatasetVersion

if TYPE_CHECKING:
    from core.inspection.anisotropy import Background
    from core.inspection.similarity import Layer
    from core.inspection.subject import Subject

POOLINGS = ("mean", "first", "last")
OURS = "sentences of this product"


@dataclass(frozen=True)
class Options:
    """The rule; `background` is the id of a dataset version, None for the sentences that come with the product."""

    layer: Layer
    pooling: str
    standardised: bool
    background: str | None


def choose(subject: Subject) -> Options:
    """Draw the choices."""
    from core.inspection import similarity

    layers = subject.layers
    with st.container(horizontal=True, vertical_alignment="bottom", key="words-options"):
        layer = st.selectbox(
            "Layer", [similarity.LAST_FOUR, *range(layers, -1, -1)], key=f"words-layer-{layers}", width=260,
            format_func=lambda one: similarity.named(one, layers),
            help="Layer 0 is not static: it carries the place in the sentence. The sum of the last four is a published "
            "recipe (Loureiro 2021); the view Senses measures which layer suits this model.",
        )  # fmt: skip
        pooling = st.segmented_control(
            "Pieces of a word", POOLINGS, key="words-pooling", default="mean", required=True,
            help="Only words of several pieces differ: the mean of their vectors, the first or the last.",
        )  # fmt: skip
        offered: list[DatasetVersion | str] = [OURS, *choose_dataset.every_version()]
        background = st.selectbox(
            "Random pairs from", offered, key="words-background", width=300,
            format_func=lambda one: one if isinstance(one, str) else words_dataset.named(one),
            help="1,000 pairs of words from different sentences say how alike any two words are at this layer.",
        )  # fmt: skip
        standardised = st.toggle(
            "z-scores", key="words-standardise",
            help="Each dimension minus its mean, by its deviation over those words: one to three dimensions otherwise "
            "rule raw cosines (Timkey 2021).",
        )  # fmt: skip
    return Options(layer, pooling or "mean", standardised, None if isinstance(background, str) else background.id)


def background(subject: Subject, version_id: str, options: Options) -> Background:
    """The random pairs of the model, measured once and then read from the cache."""
    key = (version_id, options.pooling, options.background)
    return kept("background", key, lambda: _measured(subject, options))


def _measured(subject: Subject, options: Options) -> Background:
    from core.jobs import inspecting

    with told_progress.told("Measuring random pairs of words, once for this model …") as report, inspected.TURN:
        return inspecting.background(registry(), subject, options.pooling, options.background, report)
