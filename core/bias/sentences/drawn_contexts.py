"""One context a word, drawn again and again: associations of every draw, and of every word over all its contexts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.bias.sentences.standardised import unit
from core.errors import Stopped
from core.progress import Progress, Report, ShouldStop, never, silent

CHUNK = 2_000_000  # cosines that are picked at a time


def associations(
    targets: Sequence[np.ndarray], a: Sequence[np.ndarray], b: Sequence[np.ndarray], *, draws: int, seed: int,
    report: Report = silent, should_stop: ShouldStop = never,
) -> np.ndarray:  # fmt: skip
    """s (N, n) of n target words in N draws; every word is given by its contexts' rows (c, H).

    s(w) = mean over A of cos - mean over B of cos, with one context of each word, attributes too.
    """
    random = np.random.default_rng(seed)
    cosines = unit(np.concatenate(targets)) @ unit(np.concatenate([*a, *b])).T
    of_targets, of_attributes = _picks(random, targets, draws), _picks(random, [*a, *b], draws)
    weights = np.concatenate([np.full(len(a), 1 / len(a)), np.full(len(b), -1 / len(b))])
    size = max(1, CHUNK // (len(targets) * len(weights)))
    found = []
    for start in range(0, draws, size):
        if should_stop():
            raise Stopped
        rows, columns = of_targets[start : start + size], of_attributes[start : start + size]
        found.append(cosines[rows[:, :, None], columns[:, None, :]] @ weights)
        report(Progress("drawing contexts", min(start + size, draws), draws))
    return np.concatenate(found)


def expected(targets: Sequence[np.ndarray], a: Sequence[np.ndarray], b: Sequence[np.ndarray]) -> np.ndarray:
    """s (n,) of every word over all its contexts: what the mean of the draws comes to."""
    means = [np.stack([unit(rows).mean(axis=0) for rows in some]) for some in (targets, a, b)]
    return np.asarray(means[0] @ (means[1].mean(axis=0) - means[2].mean(axis=0)))


def _picks(random: np.random.Generator, words: Sequence[np.ndarray], draws: int) -> np.ndarray:
    """Row numbers (N, k) in the words' contexts one after another, one of each word."""
    sizes = np.array([len(rows) for rows in words])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return np.asarray(starts + random.integers(0, sizes, size=(draws, len(words))))
