"""One effect counted twice: every sentence as a case of its own, and the word that the sentences share as the case.

The sentences of one word are near copies, so that shuffling them counts the same evidence many times over. What the
labels X and Y were given to is the word; dealing words, each with all its sentences, asks the right question.
"""

from __future__ import annotations

import numpy as np

from core.bias.sentences.standardised import effect_sizes


def word_means(s: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """Mean association (w,) of each word; `owner` (n,) says by number 0 <= w whose sentence each is."""
    return np.asarray(np.bincount(owner, weights=s) / np.bincount(owner))


def null_by_words(
    s: np.ndarray, owner: np.ndarray, first: int, *, draws: int = 2_000, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """|d| (draws,) over word means and over sentences when words are dealt to the sides at random.

    `first` words go to X; a word takes its sentences along.
    """
    random, counts = np.random.default_rng(seed), np.bincount(owner)
    words = len(counts)
    keys = random.random((draws, words))
    dealt = np.zeros((draws, words))
    np.put_along_axis(dealt, np.argsort(keys, axis=1)[:, :first], 1.0, axis=1)
    means = word_means(s, owner)
    return _absolute(dealt, means, np.ones(words), means.std(ddof=1)), _absolute(
        dealt, means * counts, counts, s.std(ddof=1)
    )


def null_of_sentences(s: np.ndarray, first: int, *, draws: int = 2_000, seed: int = 0) -> np.ndarray:
    """|d| (draws,) over sentences when the sentences are dealt, as the literature does; `first` of them go to X."""
    random = np.random.default_rng(seed)
    mixed = random.permuted(np.broadcast_to(s, (draws, len(s))), axis=1)
    return np.asarray(np.abs(effect_sizes(mixed, first)))


def _absolute(dealt: np.ndarray, sums: np.ndarray, counts: np.ndarray, spread: float) -> np.ndarray:
    """|d| of deals (draws, w) where each word brings a sum of s and a count."""
    x, of_x = dealt @ sums, dealt @ counts
    apart = x / of_x - (sums.sum() - x) / (counts.sum() - of_x)
    return np.asarray(np.abs(apart) / spread) if spread > 0 else np.full(len(dealt), np.nan)
