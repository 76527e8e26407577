"""How alike two random occurrences are: the yardstick without which a cosine of .96 says nothing.

Source: Ethayarajh 2019: the anisotropy baseline of a layer is the mean cosine of random occurrences from different
sentences. Here 1,000 pairs, drawn uniformly over the occurrences of words (marks alone are none) of a background. It
differs by model and layer, so it is measured, never quoted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from core.encoding.cache import VectorCache
from core.errors import UserProblem
from core.inspection.occurrences import of_reading
from core.inspection.reading import read_all
from core.inspection.similarity import Layer, Standard, at_layer, choices, paired_cosines
from core.inspection.subject import Subject
from core.inspection.word_vectors import Occurrence, word_vectors
from core.progress import Report, ShouldStop, never, silent

PAIRS = 1_000
TEXTS = 1_000  # sentences of a background at most, a random sample of more
SEED = 0
VERSION = 1  # of what is cached


@dataclass(frozen=True)
class Background:
    """Of each choice of layer (C of them, as `similarity.choices`): cosines of random pairs, means and deviations.

    `raw` and `scored` (C, 1000) float32, the second of z-scores; `mean` and `deviation` (C, H) over `occurrences`.
    """

    choices: tuple[Layer, ...]
    raw: np.ndarray
    scored: np.ndarray
    mean: np.ndarray
    deviation: np.ndarray
    texts: int
    occurrences: int

    def pairs(self, layer: Layer, standardised: bool = False) -> np.ndarray:
        """Cosines (1000,) of the random pairs at one layer."""
        rows = self.scored if standardised else self.raw
        found: np.ndarray = rows[self.choices.index(layer)]
        return found

    def baseline(self, layer: Layer, standardised: bool = False) -> float:
        """Their mean: B_l."""
        return float(self.pairs(layer, standardised).mean(dtype=np.float64))

    def standard(self, layer: Layer) -> Standard:
        """What z-scores of one layer are made with."""
        place = self.choices.index(layer)
        return Standard(self.mean[place].astype(np.float64), self.deviation[place].astype(np.float64))


def background_texts(texts: Iterable[str], *, limit: int = TEXTS, seed: int = SEED) -> tuple[str, ...]:
    """The distinct texts, or a random sample of `limit` of them in their order."""
    every = [text for text in dict.fromkeys(texts) if text.strip()]
    if len(every) <= limit:
        return tuple(every)
    chosen = np.random.default_rng(seed).choice(len(every), size=limit, replace=False)
    return tuple(every[place] for place in np.sort(chosen))


def measure(
    subject: Subject,
    texts: Sequence[str],
    *,
    pooling: str = "mean",
    cache: VectorCache | None = None,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Background:
    """The background of a model on these texts; UserProblem where they hold no words in two different sentences."""
    offered = choices(subject.layers)
    key, width = _key(subject, texts, pooling), 2 * len(offered) * (PAIRS + subject.hidden)
    entry = cache.get([key], width).get(key) if cache else None
    if entry is not None:
        return _unpacked(offered, entry[0], len(texts), entry[1])
    words = _words(subject, texts)
    pairs = _drawn([row for row, _ in words])
    drawn, places = np.unique(pairs, return_inverse=True)
    found = word_vectors(
        subject, [words[number][1] for number in drawn], pooling=pooling, report=report, should_stop=should_stop
    )
    values = _summed(offered, found.layers, places.reshape(pairs.shape))
    if cache is not None:
        cache.put({key: (values, len(drawn), False)})
    return _unpacked(offered, values, len(texts), len(drawn))


def _words(subject: Subject, texts: Sequence[str]) -> list[tuple[int, Occurrence]]:
    readings = read_all(subject.tokenizer, texts, max_length=subject.max_length)
    return [(row, one) for row, reading in enumerate(readings) for one in of_reading(reading)]


def _drawn(rows: Sequence[int]) -> np.ndarray:
    """(1000, 2) numbers of occurrences, the two of a pair from different texts."""
    of = np.array(rows, dtype=np.int64)
    if len(np.unique(of)) < 2:
        raise UserProblem(
            "The background has words in fewer than two different sentences.",
            "Random pairs are drawn from different sentences.",
            "Choose a dataset with more texts.",
        )
    random, found = np.random.default_rng(SEED), np.empty((0, 2), dtype=np.int64)
    while len(found) < PAIRS:
        pairs = random.integers(len(of), size=(4 * PAIRS, 2))
        found = np.concatenate([found, pairs[of[pairs[:, 0]] != of[pairs[:, 1]]]])
    return found[:PAIRS]


def _summed(offered: Sequence[Layer], states: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    raw, scored, means, deviations = [], [], [], []
    for layer in offered:
        vectors = at_layer(states, layer)
        standard = Standard.of(vectors)
        z = standard.score(vectors)
        raw.append(paired_cosines(vectors[pairs[:, 0]], vectors[pairs[:, 1]]))
        scored.append(paired_cosines(z[pairs[:, 0]], z[pairs[:, 1]]))
        means.append(standard.mean)
        deviations.append(standard.deviation)
    parts = [np.stack(part).reshape(-1) for part in (raw, scored, means, deviations)]
    return np.concatenate(parts).astype(np.float32)


def _unpacked(offered: tuple[Layer, ...], values: np.ndarray, texts: int, occurrences: int) -> Background:
    rows = len(offered)
    edge = 2 * rows * PAIRS
    raw, scored = values[:edge].reshape(2, rows, PAIRS)
    mean, deviation = values[edge:].reshape(2, rows, -1)
    return Background(offered, raw, scored, mean, deviation, texts, occurrences)


def _key(subject: Subject, texts: Sequence[str], pooling: str) -> bytes:
    head = f"background|{VERSION}|{subject.digest}|{subject.max_length}|{pooling}|{PAIRS}|{SEED}"
    found = hashlib.blake2b(head.encode(), digest_size=24)
    for text in texts:
        found.update(b"\0" + text.encode("utf-8", "surrogatepass"))
    return found.digest()
