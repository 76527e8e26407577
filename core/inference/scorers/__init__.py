"""Kinds of scorers, by name; each is imported when first asked for, because two of them import torch."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from core.errors import UserProblem
from core.inference.scorer import Scorer

SCORERS: Mapping[str, str] = {
    "sequence": "core.inference.scorers.sequence:SequenceScorer",
    "probe": "core.inference.scorers.probe:ProbeScorer",
    "tfidf": "core.inference.scorers.tfidf:TfidfScorer",
}


def scorer_class(kind: str) -> type[Scorer]:
    """The class of a kind; UserProblem names the kinds there are."""
    if kind not in SCORERS:
        raise UserProblem(f"The model says it is of kind {kind!r}.", f"Kinds are: {', '.join(SCORERS)}.")
    module, name = SCORERS[kind].split(":")
    found: type[Scorer] = getattr(import_module(module), name)
    return found
