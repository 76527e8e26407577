"""The occurrences of a dataset that are most like a chosen one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from core.encoding.cache import VectorCache
from core.errors import UserProblem
from core.inspection.anisotropy import Background, background_texts
from core.inspection.occurrence_pairs import among, vectors_at
from core.inspection.occurrences import SEARCHED, Found, of_reading, sample, searching
from core.inspection.similarity import Layer, cosines
from core.inspection.subject import Subject
from core.inspection.word_vectors import Occurrence, word_vectors
from core.progress import Report, ShouldStop, never, silent


@dataclass(frozen=True)
class Neighbour:
    """One of the nearest: cosine, cosine minus the baseline, and per cent of random pairs that are less alike."""

    occurrence: Occurrence
    cosine: float
    minus_baseline: float
    percentile: float


@dataclass(frozen=True)
class Neighbours:
    """The nearest, first first, of `compared` occurrences; `left_out` have no vector or are the chosen one itself."""

    found: tuple[Neighbour, ...]
    compared: int
    left_out: int
    computed: int


def searched(subject: Subject, texts: Iterable[str], word: str | None, *, match_case: bool = False) -> Found:
    """Occurrences of a word in the texts, of every word of up to 1,000 of them where it is None; at most 1,000."""
    if word is not None:
        return sample(texts, searching(word, match_case=match_case))
    return sample(background_texts(islice(texts, SEARCHED)), lambda text: of_reading(subject.read(text)))


def nearest(
    subject: Subject,
    query: Occurrence,
    candidates: Sequence[Occurrence],
    background: Background,
    layer: Layer,
    *,
    count: int = 10,
    standardised: bool = False,
    pooling: str = "mean",
    cache: VectorCache | None = None,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Neighbours:
    """The `count` nearest of the candidates by cosine; UserProblem where the query has no vector."""
    others = [one for one in dict.fromkeys(candidates) if one != query]
    found = word_vectors(
        subject, [query, *others], pooling=pooling, cache=cache, report=report, should_stop=should_stop
    )
    if found.problems[0]:
        raise UserProblem(found.problems[0], "", "Choose another word.")
    keep = np.flatnonzero(found.usable)[1:]
    vectors = vectors_at(found.layers, layer, standardised, background)
    near = cosines(vectors[:1], vectors[keep])[0]
    order = np.argsort(-near, kind="stable")[:count]
    percentile, _ = among(background.pairs(layer, standardised), near)
    listed = tuple(
        Neighbour(
            others[keep[place] - 1], float(near[place]), float(near[place]) - background.baseline(layer, standardised),
            float(percentile[place]),
        )
        for place in order
    )  # fmt: skip
    return Neighbours(listed, len(keep), len(candidates) - len(keep), found.computed)
