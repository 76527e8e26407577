"""One vector a text and layer, pooled while the model reads, from the cache where it was computed before.

Token states are never held for longer than a batch: 3,500 texts of 12 layers would need tens of gigabytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.encoding.cache import Entry, VectorCache
from core.inspection.reading import Reading, read_all
from core.inspection.states import hidden_states
from core.inspection.subject import Subject
from core.progress import Report, ShouldStop, never, silent

MAX_LENGTH = 128
PUT_AT_ONCE = 64

RULES: Mapping[str, Callable[[np.ndarray, Reading], np.ndarray]] = {
    "mean": lambda states, reading: states[:, _own(reading)].mean(axis=1),
    "first": lambda states, reading: states[:, 0],
}  # states (L + 1, T, H) -> (L + 1, H)


@dataclass(frozen=True)
class SentenceVectors:
    """Vectors of n texts: `layers` (n, L + 1, H) and `static` (n, H) float32, NaN where a text has no piece.

    `static` is always the mean of the input embedding's rows. `computed` counts the texts that the model had to read.
    """

    layers: np.ndarray
    static: np.ndarray
    readings: tuple[Reading, ...]
    computed: int

    @property
    def usable(self) -> np.ndarray:
        """(n,) bool: whether the text has a piece of its own."""
        return np.asarray(~np.isnan(self.static[:, 0]))

    @property
    def truncated(self) -> int:
        """How many texts were longer than what the model was shown."""
        return sum(reading.truncated for reading in self.readings)


def sentence_vectors(
    subject: Subject,
    texts: Sequence[str],
    pairs: Sequence[str] | None = None,
    *,
    rule: str = "mean",
    max_length: int = MAX_LENGTH,
    cache: VectorCache | None = None,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> SentenceVectors:
    """Vectors of all texts in order; `rule` "mean" is over a text's own pieces, "first" is the first piece ([CLS])."""
    longest = min(max_length, subject.max_length)
    readings = read_all(subject.tokenizer, texts, pairs, max_length=longest)
    static = np.full((len(texts), subject.embedding_width), np.nan, dtype=np.float32)
    layers = np.full((len(texts), subject.layers + 1, subject.hidden), np.nan, dtype=np.float32)
    wanted = [row for row, reading in enumerate(readings) if len(_own(reading))]
    for row in wanted:
        static[row] = subject.static(readings[row].ids[_own(readings[row])]).mean(axis=0)
    keys = {row: _key(subject, readings[row], rule, longest) for row in wanted}
    missing = _from_cache(cache, keys, layers)
    waiting: dict[bytes, Entry] = {}
    found = hidden_states(
        subject, [readings[row] for row in missing], report=report, should_stop=should_stop, phase="vectors by layer"
    )
    for place, states in found:
        row = missing[place]
        layers[row] = RULES[rule](states, readings[row])
        waiting[keys[row]] = (layers[row].reshape(-1), len(readings[row].pieces), readings[row].truncated)
        if len(waiting) == PUT_AT_ONCE:
            _put(cache, waiting)
    _put(cache, waiting)
    return SentenceVectors(layers, static, tuple(readings), len(missing))


def _own(reading: Reading) -> np.ndarray:
    """Positions of the pieces that stand for text."""
    return np.array([place for place, piece in enumerate(reading.pieces) if not piece.special], dtype=np.int64)


def _key(subject: Subject, reading: Reading, rule: str, longest: int) -> bytes:
    head = f"sentence|{subject.digest}|{rule}|{longest}|{len(reading.texts)}|{len(reading.texts[0])}|"
    body = "".join(reading.texts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(head.encode() + body, digest_size=24).digest()


def _from_cache(cache: VectorCache | None, keys: Mapping[int, bytes], layers: np.ndarray) -> list[int]:
    """Fill in what the cache knows; the rows that it does not."""
    known = cache.get(list(keys.values()), layers.shape[1] * layers.shape[2]) if cache and keys else {}
    for row, key in keys.items():
        if key in known:
            layers[row] = known[key][0].reshape(layers.shape[1:])
    return [row for row, key in keys.items() if key not in known]


def _put(cache: VectorCache | None, waiting: dict[bytes, Entry]) -> None:
    if cache is not None and waiting:
        cache.put(waiting)
    waiting.clear()
