"""Measuring the geometry of a model on a corpus: one pass over a sample of sentences, memory bounded.

Held are sums of unit vectors of the frequent words, the random sample, and at most `drawing.KEPT_BYTES` of vectors for
the explainable variance; states of a sentence go as soon as they were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from core.errors import UserProblem
from core.inspection.geometry.definitions import baseline, explainable_variance, intra_sentence, self_similarity
from core.inspection.geometry.drawing import Words, draw_occurrences, draw_of_words, draw_sentences, frequent, words_of
from core.inspection.geometry.result import Geometry, LayerGeometry, Settings, WordGeometry
from core.inspection.reading import Reading, read_all
from core.inspection.similarity import unit
from core.inspection.states import hidden_states
from core.inspection.subject import Subject
from core.progress import Report, ShouldStop, never, silent

FEW_WORDS = 20  # words below which a mean over words says little


def measure(
    subject: Subject,
    texts: Iterable[str],
    settings: Settings | None = None,
    *,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Geometry:
    """Measure every layer on at most `settings.sentences` of the texts; UserProblem where words are too few.

    Raises Stopped when asked to stop.
    """
    settings = (settings or Settings()).check()
    drawn = draw_sentences(texts, settings, report, should_stop)
    sentences = list(dict.fromkeys(drawn))
    readings = read_all(subject.tokenizer, sentences, max_length=subject.max_length)
    words = words_of(readings, marks=settings.marks)
    if len(np.unique(words.sentence)) < 2:
        raise UserProblem(
            f"Only {len(np.unique(words.sentence))} of the {len(sentences):,} sentences hold a word of the vocabulary.",
            "Random occurrences are drawn from different sentences.", "Choose a corpus with more sentences.",
        )  # fmt: skip
    plan = _plan(subject, words, settings)
    held = _pass(subject, readings, words, plan, report, should_stop)
    layers = tuple(_layer(layer, words, plan, held, settings) for layer in range(subject.layers + 1))
    counts = _counts(words, plan, held) | {"sentences": len(sentences), "repeated": len(drawn) - len(sentences)}
    cut = sum(reading.truncated for reading in readings)
    return Geometry(layers, _words(words, plan, held), counts, settings, _notes(counts, settings, cut, subject))


@dataclass(frozen=True)
class _Plan:
    """Which occurrences are needed for what."""

    sample: np.ndarray
    of_self: np.ndarray
    of_variance: Mapping[int, np.ndarray]


@dataclass(frozen=True)
class _Held:
    """What the pass left: vectors of places, sums of unit vectors by key, intra-sentence sums by layer."""

    vectors: Mapping[int, np.ndarray]
    summed: np.ndarray
    occurrences: np.ndarray
    intra: np.ndarray
    intra_sentences: int


def _plan(subject: Subject, words: Words, settings: Settings) -> _Plan:
    each = (subject.layers + 1) * subject.hidden * 4
    of_variance = draw_of_words(words, frequent(words, settings.variance_occurrences), each, settings)
    return _Plan(draw_occurrences(words, settings), frequent(words, settings.occurrences), of_variance)


def _pass(
    subject: Subject, readings: list[Reading], words: Words, plan: _Plan, report: Report, should_stop: ShouldStop
) -> _Held:
    wanted = set(plan.sample.tolist()).union(*(places.tolist() for places in plan.of_variance.values()))
    number = np.full(len(words.keys), -1)
    number[plan.of_self] = np.arange(len(plan.of_self))
    shape = (subject.layers + 1, subject.hidden)
    summed = np.zeros((len(plan.of_self), *shape), dtype=np.float32)
    vectors: dict[int, np.ndarray] = {}
    intra, sentences = np.zeros(shape[0]), 0
    starts = np.searchsorted(words.sentence, np.arange(len(readings) + 1))
    for row, states in hidden_states(subject, readings, report=report, should_stop=should_stop, phase="geometry"):
        own = np.arange(starts[row], starts[row + 1])
        if not len(own):
            continue
        of_words = np.stack([states[:, list(words.places[place])].mean(axis=1) for place in own], axis=1)
        vectors |= {int(place): of_words[:, at].copy() for at, place in enumerate(own) if int(place) in wanted}
        keys = number[words.key[own]]
        np.add.at(summed, keys[keys >= 0], unit(of_words).transpose(1, 0, 2)[keys >= 0].astype(np.float32))
        if len(own) > 1:  # one word is its own mean
            intra, sentences = intra + intra_sentence(of_words), sentences + 1
    occurrences = np.bincount(words.key, minlength=len(words.keys))[plan.of_self]
    return _Held(vectors, summed, occurrences, intra, sentences)


def _layer(layer: int, words: Words, plan: _Plan, held: _Held, settings: Settings) -> LayerGeometry:
    sample = np.stack([held.vectors[int(place)][layer] for place in plan.sample])
    base, largest, share = baseline(sample, words.sentence[plan.sample])
    alike = [self_similarity(s[layer], int(n)) for s, n in zip(held.summed, held.occurrences, strict=True)]
    own, intra = _mean(alike), float(held.intra[layer] / held.intra_sentences) if held.intra_sentences else float("nan")
    explained, random = _variance(layer, sample, plan, held, settings)
    return LayerGeometry(
        layer, base, own, own - base, intra, intra - base, explained, random, explained - random, share, largest
    )


def _variance(
    layer: int, sample: np.ndarray, plan: _Plan, held: _Held, settings: Settings
) -> tuple[float, float]:  # fmt: skip
    """Mean over words, and the mean of the same statistic on as many random occurrences."""
    draws, own, random = np.random.default_rng(settings.seed), [], []
    for places in plan.of_variance.values():
        own.append(explainable_variance(np.stack([held.vectors[int(place)][layer] for place in places])))
        rows = draws.choice(len(sample), size=min(len(places), len(sample)), replace=False)
        random.append(explainable_variance(sample[rows]))
    return _mean(own), _mean(random)


def _mean(values: list[float] | list[np.ndarray]) -> float:
    return float(np.mean(values)) if len(values) else float("nan")


def _words(words: Words, plan: _Plan, held: _Held) -> tuple[WordGeometry, ...]:
    return tuple(
        WordGeometry(words.names[key], int(n), tuple(self_similarity(summed, int(n)).tolist()))
        for key, n, summed in zip(plan.of_self, held.occurrences, held.summed, strict=True)
    )


def _counts(words: Words, plan: _Plan, held: _Held) -> dict[str, int]:
    return {
        "words": len(words.key),
        "unknown": words.unknown,
        "sampled": len(plan.sample),
        "self_words": len(plan.of_self),
        "self_occurrences": int(held.occurrences.sum()),
        "variance_words": len(plan.of_variance),
        "variance_occurrences": sum(len(places) for places in plan.of_variance.values()),
        "intra_sentences": held.intra_sentences,
    }


def _notes(counts: Mapping[str, int], settings: Settings, cut: int, subject: Subject) -> tuple[str, ...]:
    told = []
    if counts["sampled"] < settings.sample:
        told.append(f"The baseline rests on {counts['sampled']:,} occurrences: the text has no more.")
    for words, least, what in (
        ("self_words", settings.occurrences, "Self-similarity"),
        ("variance_words", settings.variance_occurrences, "Explainable variance"),
    ):
        if counts[words] < FEW_WORDS:
            told.append(
                f"{what} rests on {counts[words]} words with {least} sentences or more: choose a larger corpus."
            )
    if counts["unknown"]:
        told.append(f"{counts['unknown']:,} words hold characters that the vocabulary lacks; they are left out.")
    if cut:
        told.append(f"{cut:,} texts were cut at {subject.max_length} pieces.")
    return tuple(told)
