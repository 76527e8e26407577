"""`bias`: measure how a model treats groups, see what was measured, and what there is to measure with."""

from __future__ import annotations

from core.commands.bias_verbs import compare, foretell, lists, measure, measures, mitigate, passport, results
from core.commands.options import Verbs, noun

VERBS = (measure, mitigate, results, measures, foretell, lists, compare, passport)


def add(verbs: Verbs) -> None:
    """Add the noun and its verbs."""
    own = noun(verbs, "bias", "measure and reduce bias")
    for one in VERBS:
        one.add(own)
