"""Vectors of words in their sentences, by layer, from the cache where they were computed before.

Source: mean of a word's pieces as in Wiedemann et al. 2019 and Loureiro et al. 2021; "first" and "last" are offered
because the choice matters for words of several pieces (Acs et al. 2021).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.encoding.cache import VectorCache
from core.encoding.distinct import distinct
from core.inspection.reading import Reading, read_all
from core.inspection.states import hidden_states
from core.inspection.subject import Subject
from core.progress import Report, ShouldStop, never, silent

POOLINGS: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "mean": lambda states: states.mean(axis=-2),
    "first": lambda states: states[..., 0, :],
    "last": lambda states: states[..., -1, :],
}  # of a word's pieces (..., K, H) -> (..., H)


@dataclass(frozen=True)
class Occurrence:
    """A word where it stands: the characters start <= c < end of a text."""

    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The characters themselves."""
        return self.text[self.start : self.end]


@dataclass(frozen=True)
class WordVectors:
    """Vectors of n occurrences: `layers` (n, L + 1, H) and `static` (n, E), both float32; E is H in most models.

    `problems[i]` says why occurrence i has no vector (its rows are NaN), else "".
    """

    layers: np.ndarray
    static: np.ndarray
    pieces: tuple[tuple[str, ...], ...]
    problems: tuple[str, ...]
    computed: int

    @property
    def usable(self) -> np.ndarray:
        """(n,) bool: whether the occurrence has a vector."""
        return np.array([not problem for problem in self.problems], dtype=bool)


def word_vectors(
    subject: Subject,
    occurrences: Sequence[Occurrence],
    *,
    pooling: str = "mean",
    cache: VectorCache | None = None,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> WordVectors:
    """Vectors of all occurrences in order; `computed` counts the texts that the model had to read for them."""
    texts, _, inverse = distinct([one.text for one in occurrences], None)
    readings = read_all(subject.tokenizer, texts, max_length=subject.max_length)
    places = [readings[row].at(one.start, one.end) for row, one in zip(inverse, occurrences, strict=True)]
    problems = [_problem(one, readings[row], at) for one, row, at in zip(occurrences, inverse, places, strict=True)]
    shape = (len(occurrences), subject.layers + 1, subject.hidden)
    layers = np.full(shape, np.nan, dtype=np.float32)
    static = np.full((shape[0], subject.embedding_width), np.nan, dtype=np.float32)
    for number, (row, at) in enumerate(zip(inverse, places, strict=True)):
        if not problems[number]:
            static[number] = POOLINGS[pooling](subject.static(readings[row].ids[list(at)]))
    keys = [_key(subject, one, pooling) for one in occurrences]
    missing = _from_cache(cache, keys, problems, layers)
    rows = sorted({int(inverse[number]) for number in missing})
    of_row: dict[int, list[int]] = {}
    for number in missing:
        of_row.setdefault(int(inverse[number]), []).append(number)
    for place, states in hidden_states(
        subject, [readings[row] for row in rows], report=report, should_stop=should_stop, phase="words"
    ):
        found = of_row[rows[place]]
        for number in found:
            layers[number] = POOLINGS[pooling](states[:, list(places[number])])
        if cache is not None:
            cache.put({keys[number]: (layers[number].reshape(-1), len(places[number]), False) for number in found})
    named = tuple(
        tuple(readings[row].pieces[place].piece for place in at) for row, at in zip(inverse, places, strict=True)
    )
    return WordVectors(layers, static, named, tuple(problems), len(rows))


def _problem(one: Occurrence, reading: Reading, places: tuple[int, ...]) -> str:
    if one.end > reading.seen[0]:
        return f"{one.word!r} lies beyond the {len(reading.pieces)} pieces that the model sees, or is cut by their end."
    if not places:
        return f"{one.word!r} has no piece: the tokenizer drops these characters."
    return ""


def _key(subject: Subject, one: Occurrence, pooling: str) -> bytes:
    head = f"word|{subject.digest}|{pooling}|{subject.max_length}|{one.start}|{one.end}|"
    return hashlib.blake2b(head.encode() + one.text.encode("utf-8", "surrogatepass"), digest_size=24).digest()


def _from_cache(
    cache: VectorCache | None, keys: Sequence[bytes], problems: Sequence[str], layers: np.ndarray
) -> list[int]:
    """Fill in what the cache knows; the numbers of what it does not."""
    wanted = [number for number, problem in enumerate(problems) if not problem]
    width = layers.shape[1] * layers.shape[2]
    found = cache.get([keys[number] for number in wanted], width) if cache and wanted else {}
    for number in wanted:
        if keys[number] in found:
            layers[number] = found[keys[number]][0].reshape(layers.shape[1:])
    return [number for number in wanted if keys[number] not in found]
