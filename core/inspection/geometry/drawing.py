"""Which sentences of a corpus, and which of their words, are measured; all draws are set by one seed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from core.errors import Stopped
from core.inspection.geometry.result import Settings
from core.inspection.reading import Reading
from core.progress import Progress, Report, ShouldStop

KEPT_BYTES = 256_000_000  # vectors that are held for the explainable variance
MOST_OF_A_WORD = 100  # occurrences of one word that are held
EVERY = 20_000  # sentences between two reports

Key = tuple[int, ...]  # a word is what has the same pieces: an uncased model makes one of Bank and bank


def draw_sentences(texts: Iterable[str], settings: Settings, report: Report, should_stop: ShouldStop) -> list[str]:
    """A uniform sample of the texts that are not blank, in their order (Vitter 1985); memory holds the sample alone."""
    random, kept, seen = np.random.default_rng(settings.seed), list[tuple[int, str]](), 0
    for text in texts:
        if not text.strip():
            continue
        seen += 1
        if len(kept) < settings.sentences:
            kept.append((seen, text))
        elif (place := int(random.integers(seen))) < settings.sentences:
            kept[place] = (seen, text)
        if seen % EVERY == 0:
            report(Progress(f"draw sentences from {seen:,}"))
            if should_stop():
                raise Stopped("drawing sentences was stopped")
    return [text for _, text in sorted(kept)]


@dataclass(frozen=True)
class Words:
    """Every word of n sentences: `sentence` (m,) and `key` (m,) its number among `keys`, `places` its pieces.

    `unknown` counts words with a piece that the vocabulary lacks; they are not among them.
    """

    keys: tuple[Key, ...]
    names: tuple[str, ...]
    sentence: np.ndarray
    key: np.ndarray
    places: tuple[tuple[int, ...], ...]
    unknown: int


def words_of(readings: Sequence[Reading], *, marks: bool = False) -> Words:
    """The words of the readings as `spans` finds them; what truncation cut is not among them."""
    numbers: dict[Key, int] = {}
    names, sentence, key, where, unknown = list[str](), list[int](), list[int](), list[tuple[int, ...]](), 0
    for row, reading in enumerate(readings):
        for text, places in spans(reading, marks=marks):
            if any(reading.pieces[place].unknown for place in places):
                unknown += 1
                continue
            own = tuple(reading.pieces[place].id for place in places)
            if own not in numbers:
                numbers[own] = len(numbers)
                names.append(text)
            sentence.append(row)
            key.append(numbers[own])
            where.append(places)
    return Words(tuple(numbers), tuple(names), np.array(sentence, int), np.array(key, int), tuple(where), unknown)


def spans(reading: Reading, *, marks: bool = False) -> list[tuple[str, tuple[int, ...]]]:
    """Each word's characters from its first to its last letter or digit, and the pieces that overlap them.

    Words of marks alone, such as a comma, are left out unless `marks`.
    """
    text, found = reading.texts[0], []
    for word in reading.words:
        letters = [place for place in range(word.start, word.end) if text[place].isalnum()]
        if marks and not letters:
            letters = [word.start, word.end - 1]
        if word.cut or not letters:
            continue
        start, end = letters[0], letters[-1] + 1
        pieces = ((place, reading.pieces[place]) for place in word.pieces)
        found.append((text[start:end], tuple(at for at, piece in pieces if piece.start < end and start < piece.end)))
    return found


def frequent(words: Words, least: int) -> np.ndarray:
    """Numbers of the keys that stand in at least `least` different sentences, the most frequent first."""
    distinct = np.unique(np.stack([words.key, words.sentence]), axis=1)[0]
    counts = np.bincount(distinct, minlength=len(words.keys))
    chosen = np.flatnonzero(counts >= least)
    return chosen[np.argsort(-counts[chosen], kind="stable")]


def draw_occurrences(words: Words, settings: Settings) -> np.ndarray:
    """Places (<= sample,) of random occurrences, each as likely as any other."""
    random, m = np.random.default_rng(settings.seed), len(words.key)
    return np.sort(random.choice(m, size=min(settings.sample, m), replace=False))


def draw_of_words(words: Words, chosen: np.ndarray, bytes_each: int, settings: Settings) -> dict[int, np.ndarray]:
    """For each key at most `MOST_OF_A_WORD` random places of it, fewer where all would not fit into `KEPT_BYTES`.

    Where not even the least that is wanted of each fits, the least frequent words are left out.
    """
    room, least = max(1, KEPT_BYTES // bytes_each), settings.variance_occurrences
    chosen = chosen[: max(1, room // least)]
    most = max(least, min(max(MOST_OF_A_WORD, least), room // max(1, len(chosen))))
    random, found = np.random.default_rng(settings.seed), {}
    for key in chosen:
        places = np.flatnonzero(words.key == key)
        found[int(key)] = np.sort(random.choice(places, size=min(most, len(places)), replace=False))
    return found
