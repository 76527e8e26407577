"""Exact contributions of a word count: weight times tf-idf value of each term, put on the words it stands on.

logit = bias + sum over terms of weight * value: nothing is estimated. A term of several words, or a letter group, is
shared equally by its occurrences and by the words it touches.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from core.errors import UserProblem
from core.inspection.attribution.method import Method, Options, Raw
from core.inspection.attribution.result import Term
from core.inspection.attribution.target import Target
from core.inspection.attribution.term_places import Place, places
from core.progress import Report, ShouldStop


def compute(sight: Any, wanted: Target, options: Options, report: Report, should_stop: ShouldStop) -> Raw:
    """Scores by unit of a text that a word count sees."""
    scores, left, first = np.zeros(len(sight.units)), 0.0, 0
    terms: list[Term] = []
    owners, weights = sight.owners(), np.asarray(wanted.of(sight.scorer.weight.T.astype(np.float64)))
    for vectorizer in sight.scorer.vectorizers:
        found = places(vectorizer, sight.joined)
        if found is None:
            raise UserProblem(
                "The features of this text cannot be matched to its words.", "", "Use occlusion by taking words out."
            )
        values = vectorizer.transform([sight.joined]).toarray()[0].astype(np.float64)
        here = _terms(vectorizer, found, values, weights[first : first + len(values)])
        left += _share(here, found, owners, scores)
        terms += here.values()
        first += len(values)
    ordered = tuple(sorted(terms, key=lambda term: -abs(term.contribution)))
    bias = float(wanted.of(sight.scorer.bias.astype(np.float64)))
    return Raw(units=scores, baseline=bias, terms=ordered, specials=(("between words", left),) if left else ())


def _terms(vectorizer: Any, found: list[Place], values: np.ndarray, weights: np.ndarray) -> dict[str, Term]:
    counts: dict[str, int] = defaultdict(int)
    for term, _ in found:
        counts[term] += 1
    known = {term: vectorizer.vocabulary_[term] for term in counts if term in vectorizer.vocabulary_}
    return {
        term: Term(term, counts[term], float(values[at]), float(weights[at]), float(weights[at] * values[at]))
        for term, at in known.items()
    }


def _share(terms: dict[str, Term], found: list[Place], owners: np.ndarray, scores: np.ndarray) -> float:
    """Add every occurrence's share to its units; what stands on no unit is given back."""
    left = 0.0
    for name, spans in found:
        if name not in terms:
            continue
        share = terms[name].contribution / terms[name].count
        touched = sorted({int(owner) for start, end in spans for owner in owners[start:end] if owner >= 0})
        for owner in touched:
            scores[owner] += share / len(touched)
        left += 0.0 if touched else share
    return left


METHOD = Method(
    name="contributions",
    title="Exact contributions",
    summary="Weight times tf-idf value of each term, put on its words. A word count is a sum: nothing is estimated.",
    sums_to="F(text) - bias",
    source="the model's own formula",
    compute=compute,
    kinds=("tfidf",),
)
