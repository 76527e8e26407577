"""Which words moved: the nearest neighbours of the corpus's frequent words in the parent and in the child.

Definition: a word's vector is the mean over at most `occurrences` of its occurrences (the same ones in both models) at
one layer, minus the mean of all these word vectors, because contextual vectors share one direction (Ethayarajh 2019;
Mu and Viswanath 2018). Overlap of a word is the share of its k nearest words by cosine in the parent that are also
among its k nearest in the child (Hamilton et al. 2016; Gonen et al. 2020, who rank moved words so). `chance` is the
overlap of random neighbours; `steady` that of the parent with itself when each half of the occurrences makes its own
vectors, a scale for what counts as moved. Content words only, see core/pretraining/proof/fill_words.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.encoding.tokenizing import tokenize
from core.errors import UserProblem
from core.evaluation.intervals import Interval
from core.pretraining.proof.contextual import Span, unit, word_states
from core.pretraining.proof.fill_words import is_content
from core.pretraining.proof.paired import Sums, ratio_interval
from core.pretraining.proof.sample import sampled_sentences
from core.pretraining.proof.words import Words
from core.progress import Report, ShouldStop, never, silent


@dataclass(frozen=True)
class MovedWord:
    """A word, how many occurrences its vectors are of, its overlap, and its neighbours before and after, best first."""

    word: str
    occurrences: int
    overlap: float
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class MovedNeighbours:
    """`value` is the mean overlap over `n` words; `words` in the order of how much they moved, most first."""

    value: Interval
    steady: Interval
    chance: float
    n: int
    k: int
    layer: int
    words: tuple[MovedWord, ...]


def moved_neighbours(
    parent: tuple[Any, Any],
    child: tuple[Any, Any],
    sentences: Iterable[str],
    *,
    words: int = 200,
    occurrences: int = 20,
    at_least: int = 4,
    k: int = 10,
    layer: int = -1,
    most: int = 5000,
    max_length: int = 128,
    seed: int = 0,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> MovedNeighbours:
    """Compare (model, tokenizer) of parent and child over words that occur `at_least` times in the drawn sentences."""
    texts = sampled_sentences(sentences, most, seed)
    found = [_occurrences(tokenizer, texts, max_length) for _, tokenizer in (parent, child)]
    chosen = _choose(found[0].spans, found[1].spans, words, occurrences, at_least)
    if len(chosen) < 3:
        raise UserProblem(
            f"Words that occur {at_least} times in these sentences: {len(chosen)}.", "At least three were wanted."
        )
    vectors = [
        _halves(model, each, chosen, layer, report, should_stop)
        for (model, _), each in zip((parent, child), found, strict=True)
    ]
    k = min(k, len(chosen) - 2)
    before, after = (_nearest(halves.mean(axis=0), k) for halves in vectors)
    steady = _overlap(*(_nearest(half, k) for half in vectors[0]))
    return _result(chosen, before, after, steady, layer, seed)


@dataclass(frozen=True)
class _Found:
    """Ids of the sentences, and by (sentence, number of the word in it) the word and its first and last piece + 1."""

    ids: list[np.ndarray]
    spans: Mapping[tuple[int, int], tuple[str, int, int]]


def _occurrences(tokenizer: Any, texts: Sequence[str], max_length: int) -> _Found:
    words = Words.of(tokenizer)
    ids = tokenize(tokenizer, texts, None, min(max_length, int(tokenizer.model_max_length))).ids
    spans = {
        (row, number): (word, *span)
        for row, each in enumerate(ids)
        for number, span in enumerate(words.spans(each))
        if is_content(word := words.text(each, span))
    }
    return _Found(ids, spans)


def _choose(
    parent: Mapping[tuple[int, int], tuple[str, int, int]],
    child: Mapping[tuple[int, int], tuple[str, int, int]],
    words: int,
    occurrences: int,
    at_least: int,
) -> dict[str, list[tuple[int, int]]]:
    """The most frequent words and an even number of their occurrences that both tokenizers find."""
    places: dict[str, list[tuple[int, int]]] = {}
    for place, (word, _, _) in parent.items():
        if place in child and child[place][0] == word:
            places.setdefault(word, []).append(place)
    frequent = sorted((word for word in places if len(places[word]) >= at_least), key=lambda w: (-len(places[w]), w))
    return {word: places[word][: min(occurrences, len(places[word])) // 2 * 2] for word in frequent[:words]}


def _halves(
    model: Any,
    found: _Found,
    chosen: Mapping[str, Sequence[tuple[int, int]]],
    layer: int,
    report: Report,
    should_stop: ShouldStop,
) -> np.ndarray:
    """Mean vectors of the words over the even and over the odd of their occurrences: (2, words, H) float64."""
    spans: list[Span] = []
    home: list[tuple[int, int]] = []
    for number, places in enumerate(chosen.values()):
        for turn, place in enumerate(places):
            spans.append((place[0], *found.spans[place][1:]))
            home.append((turn % 2, number))
    sums: Any = 0.0
    for numbers, vectors in word_states(
        model, found.ids, spans, layers=[layer], phase="neighbours", report=report, should_stop=should_stop
    ):
        if isinstance(sums, float):
            sums = np.zeros((2, len(chosen), vectors.shape[-1]))
        np.add.at(sums, tuple(np.array([home[number] for number in numbers]).T), vectors[:, 0])
    means: np.ndarray = sums / np.array([len(places) / 2 for places in chosen.values()])[None, :, None]
    return means


def _nearest(vectors: np.ndarray, k: int) -> np.ndarray:
    """The k nearest other rows of every row, best first: (words, k)."""
    centred = unit(vectors - vectors.mean(axis=0))
    cosines = centred @ centred.T
    np.fill_diagonal(cosines, -np.inf)
    return np.argsort(-cosines, axis=1, kind="stable")[:, :k]


def _overlap(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """By row, the share of neighbours in common."""
    return np.array([len(set(a) & set(b)) / len(a) for a, b in zip(first.tolist(), second.tolist(), strict=True)])


def _result(
    chosen: Mapping[str, Sequence[Any]],
    before: np.ndarray,
    after: np.ndarray,
    steady: np.ndarray,
    layer: int,
    seed: int,
) -> MovedNeighbours:
    names, overlap = list(chosen), _overlap(before, after)
    ones, rows = np.ones(len(names)), np.arange(len(names))
    moved = [
        MovedWord(
            names[row], len(chosen[names[row]]), float(overlap[row]), tuple(names[other] for other in before[row]),
            tuple(names[other] for other in after[row]),
        )
        for row in np.argsort(overlap, kind="stable")
    ]  # fmt: skip
    return MovedNeighbours(
        ratio_interval(Sums(rows, overlap, ones), seed=seed), ratio_interval(Sums(rows, steady, ones), seed=seed),
        before.shape[1] / (len(names) - 1), len(names), before.shape[1], layer, tuple(moved),
    )  # fmt: skip
