"""The proof of a pre-training in words: what each measure is, what "before" means, whether it learned by heart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.components.plain import escape
from registry.records import ModelVersion

# measure -> (short name; title; which value is better; what one counts)
MEASURES = {
    "pseudo_perplexity": ("pseudo-log-loss", "Pseudo-log-loss: surprise by each piece, nats", "lower", "sentences"),
    "masked_words": ("masked words", "Masked-word loss, nats", "lower", "sentences"),
    "pairs": ("pair accuracy", "Pair accuracy, share right", "higher", "pairs"),
    "pieces_per_word": ("pieces a word", "Pieces a word", "lower", "sentences"),
    "homonyms": ("sense accuracy", "Sense accuracy in the last layer, share right", "higher", "sentences"),
    "fill_words": ("ln p of the word", "Mean ln p of the true word, nats", "higher", "cases"),
    "forgetting": ("on general text", "Masked-word loss on general text, nats", "lower", "sentences"),
    "moved_neighbours": ("moved words", "Words whose neighbours moved", "", "words"),
}
UNITS = {  # what differences are drawn in; pieces a word stand in the table only
    "nats": ("pseudo_perplexity", "masked_words", "fill_words", "forgetting"),
    "shares": ("pairs", "homonyms"),
}
CHANGES = {"better": "better", "worse": "worse", "same": "the same", "cannot tell": "cannot tell"}


def of(version: ModelVersion) -> Mapping[str, Any]:
    """The proof that a version was saved with; empty where there is none."""
    found = version.facts.get("proof")
    return found if isinstance(found, Mapping) else {}


def warning(version: ModelVersion) -> None:
    """Says first and clearly that the text was learned by heart, where the curves say so."""
    found = of(version).get("overfitting") or {}
    if found.get("told"):
        st.warning(
            escape(found["sentence"]) + "  \nMore text, fewer epochs or a smaller model would help. "
            "Patience stops a run when the holdout no longer improves.",
            icon=":material/warning:",
        )  # fmt: skip


def sentences(version: ModelVersion) -> None:
    """The proof's sentences, without the one that the warning says already."""
    proof = of(version)
    found = proof.get("overfitting") or {}
    said = found.get("sentence") if found.get("told") else None
    for sentence in proof.get("sentences", ()):
        if sentence != said:
            st.markdown(f"{icon(sentence)} {escape(sentence)}")


def icon(sentence: str) -> str:
    """A sign for what a verdict says: up, down, or neither."""
    if sentence.startswith("Better"):
        return ":green[:material/trending_up:]"
    if sentence.startswith("Worse"):
        return ":red[:material/trending_down:]"
    return ":gray[:material/trending_flat:]"


def before(version: ModelVersion) -> str:
    """What "before" means for this version, in one or two sentences."""
    base, fresh = str(version.facts.get("base") or ""), tuple(version.facts.get("fresh") or ())
    if base in ("", "scratch"):
        return "It began from random weights, so there is no before: only the values at the end are told."
    if not fresh:
        return f"Before is its parent {escape(base)} as it was, heads and all, on the same text."
    return (
        f"Before is its parent {escape(base)}. It came without {listed(fresh)}: what it lacked was added new and "
        "learned first, while the body stayed untouched. Before is measured with those warmed-up heads, because an "
        "untrained head would flatter every child."
    )  # fmt: skip


def listed(names: Sequence[str]) -> str:
    """A masked-word head and a pair head: names with their articles, joined."""
    told = [f"a {escape(name)}" for name in names]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
