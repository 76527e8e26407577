"""Comparing the word vectors of two models, layer by layer, on the same texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.encoding.cache import VectorCache
from core.errors import UserProblem
from core.evaluation.intervals import Interval
from core.inspection.before_after import neighbours
from core.inspection.before_after.cka import chance, cka_matrix, grams, left_out
from core.inspection.before_after.common_words import CommonWords, common_words
from core.inspection.before_after.doubt import grouped, jackknife, left_out_means
from core.inspection.before_after.result import BeforeAfter
from core.inspection.reading import read_all
from core.inspection.similarity import paired_cosines, unit
from core.inspection.word_vectors import word_vectors
from core.progress import Report, ShouldStop, never, silent

if TYPE_CHECKING:
    from core.inspection.subject import Subject

WORDS = 1_000
FEWEST = 3  # two centred words lie on a line: their CKA is 1 whatever the models are


def compare(
    before: Subject,
    after: Subject,
    texts: Sequence[str],
    *,
    related: bool,
    pooling: str = "mean",
    words: int = WORDS,
    k: int = neighbours.K,
    seed: int = 0,
    cache: VectorCache | None = None,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> BeforeAfter:
    """Compare two models on texts; `related` says that cosines across the two spaces mean something.

    At most so many words are taken, whole texts in order. UserProblem for fewer than three words, Stopped when asked.
    """
    texts, found, notes = _words(before, after, texts, words)
    places = [word.occurrence for word in found.words]
    vectors = [
        word_vectors(each, places, pooling=pooling, cache=cache, report=report, should_stop=should_stop)
        for each in (before, after)
    ]
    why = _no_shift(before, after, related)
    states = (vectors[0].layers, vectors[1].layers)
    rows = np.array([word.row for word in found.words])
    return _result(texts, found, states, rows, why, k, seed, sum(each.computed for each in vectors), notes)


def layer_pairs(before: int, after: int) -> tuple[tuple[int, int], ...]:
    """Layers set side by side for models of L and M blocks: each with its like, or first and last."""
    if before == after:
        return tuple((layer, layer) for layer in range(before + 1))
    return ((0, 0), (before, after))


def _words(
    before: Subject, after: Subject, texts: Sequence[str], most: int
) -> tuple[tuple[str, ...], CommonWords, tuple[str, ...]]:
    """The texts that are taken, their words, and what was left out."""
    kept = [text for text in texts if text.strip()]
    readings = [read_all(each.tokenizer, kept, max_length=each.max_length) for each in (before, after)]
    found = common_words(*readings)
    counts = np.bincount([word.row for word in found.words], minlength=len(kept)) if kept else np.zeros(0, np.int64)
    taken = max(1, int((np.cumsum(counts) <= most).sum()))
    notes = _notes(texts, kept[:taken], len(kept), counts[:taken], most)
    if taken < len(kept):
        found = common_words(readings[0][:taken], readings[1][:taken])
    if len(found.words) < FEWEST:
        raise UserProblem(
            f"Words that both models read in these texts: {len(found.words)}.", f"At least {FEWEST} are wanted.",
            "Write more text, or choose rows of a dataset.",
        )  # fmt: skip
    return tuple(kept[:taken]), found, (*notes, *_left_out(found))


def _notes(texts: Sequence[str], kept: Sequence[str], filled: int, counts: np.ndarray, most: int) -> list[str]:
    notes = []
    if filled < len(texts):
        notes.append(f"Empty texts left out: {len(texts) - filled:,}.")
    if len(kept) < filled:
        notes.append(f"The first {len(kept):,} of {filled:,} texts were taken: about {most:,} words are compared.")
    if few := int((counts == 0).sum()):
        notes.append(f"Texts without a word that both models read: {few:,}.")
    return notes


def _left_out(found: CommonWords) -> list[str]:
    notes = []
    if found.unread:
        notes.append(f"Words that only one of the two models has pieces for, left out: {found.unread:,}.")
    if found.cut:
        notes.append(f"Texts longer than what one of the two models sees, cut there: {found.cut:,}.")
    return notes


def _no_shift(before: Subject, after: Subject, related: bool) -> str:
    """Why cosines across the two models would mean nothing; "" where they do."""
    if before.hidden != after.hidden:
        return (
            f"The vectors have {before.hidden} and {after.hidden} numbers, so a word's two vectors have no cosine. CKA "
            "and neighbours need no common axes."
        )
    if not related:
        return (
            "The two models have no ancestor in common: their axes have nothing to do with each other, and a cosine "
            "across them means nothing. CKA and neighbours need no common axes."
        )
    return ""


def _result(
    texts: tuple[str, ...],
    found: CommonWords,
    states: tuple[np.ndarray, np.ndarray],
    rows: np.ndarray,
    why: str,
    k: int,
    seed: int,
    computed: int,
    notes: tuple[str, ...],
) -> BeforeAfter:
    pairs = layer_pairs(states[0].shape[1] - 1, states[1].shape[1] - 1)
    columns = [list(column) for column in zip(*pairs, strict=True)]
    products = grams(states[0]), grams(states[1])
    first, second = products[0][columns[0]], products[1][columns[1]]
    allowed = neighbours.candidates(rows)
    k = neighbours.count(allowed, k)
    near = [_nearest(each, layers, allowed, k) for each, layers in zip(states, columns, strict=True)]
    shared = np.stack([neighbours.overlap(a, b) for a, b in zip(*near, strict=True)], axis=1)
    shift = None if why else 1 - paired_cosines(states[0][:, columns[0]], states[1][:, columns[1]])
    return BeforeAfter(
        texts, found.words, pairs, cka_matrix(*products), _ckas(first, second, rows),
        chance(first, second, seed=seed), shift, () if shift is None else _means(shift, rows, 2.0),
        _apart(states[0][:, columns[0]]), why, shared, _means(shared, rows, 1.0), neighbours.chance(allowed, k), k,
        np.stack(near[0], axis=1), np.stack(near[1], axis=1), computed, notes,
    )  # fmt: skip


def _ckas(first: np.ndarray, second: np.ndarray, rows: np.ndarray) -> tuple[Interval, ...]:
    """CKA with its interval of each of the pairs of grams (P, n, n)."""
    member = grouped(rows)
    values = [cka_matrix(a[None], b[None])[0, 0] for a, b in zip(first, second, strict=True)]
    without = [left_out(a, b, member) for a, b in zip(first, second, strict=True)]
    return jackknife(np.array(values), np.stack(without, axis=1))


def _means(values: np.ndarray, rows: np.ndarray, high: float) -> tuple[Interval, ...]:
    return jackknife(values.mean(axis=0), left_out_means(values, grouped(rows)), high=high)


def _nearest(states: np.ndarray, layers: Sequence[int], allowed: np.ndarray, k: int) -> list[np.ndarray]:
    return [neighbours.nearest(states[:, layer], allowed, k) for layer in layers]


def _apart(states: np.ndarray) -> np.ndarray:
    """Mean 1 - cosine (P,) of two different words of vectors (n, P, H)."""
    count, total = len(states), unit(states).sum(axis=0)
    found: np.ndarray = 1 - ((total**2).sum(axis=-1) - count) / (count**2 - count)
    return found
