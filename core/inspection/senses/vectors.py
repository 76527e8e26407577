"""The vectors that are asked for senses, by name: layers, sums and z-scores, and the controls beside them.

Controls: `static` is the word's own row of the input embedding, the same in every sentence; `context` the mean static
row of the pieces of the OTHER words, which knows the topic and not the word; `sentence` the mean of the last layer's
pieces, specials left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.encoding.cache import VectorCache
from core.inspection.anisotropy import Background
from core.inspection.reading import Reading, read_all
from core.inspection.similarity import LAST_FOUR, at_layer, choices
from core.inspection.subject import Subject
from core.inspection.word_vectors import Occurrence, WordVectors, word_vectors
from core.progress import Report, ShouldStop, never, silent

STATIC, CONTEXT, SENTENCE, FREQUENT = "static", "context", "sentence", "most frequent"
CONTROLS = (STATIC, CONTEXT, SENTENCE, FREQUENT)


@dataclass(frozen=True)
class SenseVectors:
    """Of n occurrences: layers (n, L + 1, H), and static, context and sentence (n, H), all float32.

    `problems[i]` says why occurrence i has no vector (its rows are NaN), else "". `computed` counts the texts that
    the model had to read.
    """

    layers: np.ndarray
    static: np.ndarray
    context: np.ndarray
    sentence: np.ndarray
    problems: tuple[str, ...]
    computed: int

    @property
    def alone(self) -> int:
        """Sentences that hold no other word: their context is a vector of zeros."""
        return int((~self.context.any(axis=1)).sum())

    def at(self, rows: np.ndarray) -> SenseVectors:
        """Only these rows (m,)."""
        layers, static, context, sentence = (
            each[rows] for each in (self.layers, self.static, self.context, self.sentence)
        )
        problems = tuple(self.problems[row] for row in rows)
        return SenseVectors(layers, static, context, sentence, problems, self.computed)


def sense_vectors(
    subject: Subject,
    occurrences: Sequence[Occurrence],
    *,
    pooling: str = "mean",
    cache: VectorCache | None = None,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> SenseVectors:
    """All vectors of all occurrences in order; a sentence is read once for its word and for itself."""
    readings = read_all(subject.tokenizer, [one.text for one in occurrences], max_length=subject.max_length)
    whole = [Occurrence(one.text, *_all(reading)) for one, reading in zip(occurrences, readings, strict=True)]
    words, sentence = _read(subject, occurrences, whole, pooling, cache=cache, report=report, should_stop=should_stop)
    context = [_others(subject, reading, one) for reading, one in zip(readings, occurrences, strict=True)]
    stacked = np.stack(context) if context else np.zeros((0, subject.embedding_width), dtype=np.float32)
    n = len(occurrences)
    return SenseVectors(
        words.layers[:n], words.static[:n], stacked, sentence, words.problems[:n], words.computed
    )  # fmt: skip


def _read(
    subject: Subject, occurrences: Sequence[Occurrence], whole: Sequence[Occurrence], pooling: str, **how: Any
) -> tuple[WordVectors, np.ndarray]:
    """Words' vectors, and means of whole sentences (n, H): in one reading where words are means of pieces too."""
    if pooling == "mean":
        both = word_vectors(subject, [*occurrences, *whole], **how)
        return both, both.layers[len(occurrences) :, -1]
    words, texts = word_vectors(subject, occurrences, pooling=pooling, **how), word_vectors(subject, whole, **how)
    return replace(words, computed=words.computed + texts.computed), texts.layers[:, -1]


def _all(reading: Reading) -> tuple[int, int]:
    """The characters that the model sees of a text."""
    real = [piece for piece in reading.pieces if not piece.special]
    return (min(piece.start for piece in real), max(piece.end for piece in real)) if real else (0, 0)


def _others(subject: Subject, reading: Reading, one: Occurrence) -> np.ndarray:
    own = set(reading.at(one.start, one.end))
    keep = [place for place, piece in enumerate(reading.pieces) if not piece.special and place not in own]
    if not keep:
        return np.zeros(subject.embedding_width, dtype=np.float32)
    mean: np.ndarray = subject.static(reading.ids[keep]).mean(axis=0)
    return mean


def representations(vectors: SenseVectors, background: Background | None = None) -> Mapping[str, np.ndarray]:
    """By name vectors (n, H): "layer 0" to "layer L", "last_four", each "… z" with a background, then the controls.

    z: minus the mean, divided by the deviation of each dimension over random occurrences of the background (Timkey and
    van Schijndel 2021), so that a handful of sentences can be scored too.
    """
    found: dict[str, np.ndarray] = {}
    for choice in choices(vectors.layers.shape[1] - 1):
        found[name(choice)] = at_layer(vectors.layers, choice)
    if background is not None:
        offered = zip(choices(vectors.layers.shape[1] - 1), list(found), strict=True)
        found |= {f"{each} z": background.standard(choice).score(found[each]) for choice, each in offered}
    return found | {STATIC: vectors.static, CONTEXT: vectors.context, SENTENCE: vectors.sentence}


def name(choice: int | str) -> str:
    """A layer's name among the representations."""
    return LAST_FOUR if choice == LAST_FOUR else f"layer {choice}"
