"""The words of a text in overlapping fives, as numbers: what near-duplicates are compared by (Broder, 1997).

A shingle is five words in a row, case folded, without punctuation, across sentences; a text of fewer words is one
shingle. 32-bit hashes stand for them: in a pair of texts of 10,000 shingles some 0.02 of them collide by chance.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

import numpy as np

WORDS = 5
WORD = re.compile(r"\w+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


def shingles(sentences: Iterable[str]) -> np.ndarray:
    """The distinct shingles of a text in ascending order, (n,) uint32."""
    return np.unique(of_words(hashes(sentences)))


def hashes(sentences: Iterable[str]) -> np.ndarray:
    """One number a word, (n,) uint64."""
    crc = zlib.crc32
    words = [crc(word.encode()) for sentence in sentences for word in WORD.findall(sentence.casefold())]
    return np.array(words, dtype=np.uint64)


def of_words(words: np.ndarray) -> np.ndarray:
    """The shingles of words in their order, (n,) uint32."""
    if not len(words):
        return np.zeros(0, dtype=np.uint32)
    width = min(WORDS, len(words))
    total = np.zeros(len(words) - width + 1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for place in range(width):
            total = total * _FACTOR + words[place : place + len(total)] + np.uint64(1)
        total = (total ^ (total >> np.uint64(31))) * _MIX
    return (total >> np.uint64(32)).astype(np.uint32)


def jaccard(one: np.ndarray, other: np.ndarray) -> float:
    """Shared shingles over all shingles of two sorted sets, in [0, 1]; 0 for two empty ones."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    whole = len(one) + len(other) - shared
    return shared / whole if whole else 0.0
