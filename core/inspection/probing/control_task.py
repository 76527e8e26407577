"""The control task: labels that mean nothing, fixed by a word, so that only a probe that learns by heart gets them.

Hewitt and Liang 2019 give every word type a random label, once and for all. A sentence has many words, so here the
label hangs on one of them: the first word of the text, or the last where one first word opens more than half of the
training texts (questions that all begin with "what"). It is drawn from the training rows' own shares of labels.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.inspection.reading import Reading

TOO_COMMON = 0.5


@dataclass(frozen=True)
class ControlTask:
    """`place` is "first" or "last"; targets (n,) of each split; `seen` the share of test texts with a known word."""

    place: str
    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray
    seen: float
    types: int


def control_task(
    readings: Sequence[Sequence[Reading]],
    targets: np.ndarray,
    classes: int,
    *,
    seed: int = 0,
) -> ControlTask:
    """The task for the readings of train, validation and test, with label shares of the training `targets`."""
    place = "first" if _commonest([word_at(one, "first") for one in readings[0]]) <= TOO_COMMON else "last"
    words = [[word_at(one, place) for one in split] for split in readings]
    shares = np.bincount(targets, minlength=classes) / len(targets)
    labels = [np.array([label_of(word, shares, seed) for word in found], dtype=np.int64) for found in words]
    known = set(words[0])
    seen = float(np.mean([word in known for word in words[2]]))
    return ControlTask(place, labels[0], labels[1], labels[2], seen, len(known))


def word_at(reading: Reading, place: str) -> str:
    """The first or last word with a letter or digit in it, small letters; "" where there is none."""
    words = [word.text.casefold() for word in reading.words if any(letter.isalnum() for letter in word.text)]
    return (words[0] if place == "first" else words[-1]) if words else ""


def label_of(word: str, shares: np.ndarray, seed: int) -> int:
    """A label for a word, by chance but always the same: drawn with probabilities `shares` (C,)."""
    found = hashlib.blake2b(f"{seed}|{word}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    edges = np.cumsum(shares)
    place = int(np.searchsorted(edges, int.from_bytes(found) / 2**64 * edges[-1], side="right"))
    return min(place, len(shares) - 1)


def _commonest(words: Sequence[str]) -> float:
    """Share of the commonest word."""
    return Counter(words).most_common(1)[0][1] / len(words)
