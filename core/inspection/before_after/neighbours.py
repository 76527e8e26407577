"""Nearest occurrences of every word before and after, and the share they have in common.

Overlap as in Hamilton et al. 2016 and Gonen et al. 2020, here of occurrences instead of word types. Vectors are centred
first, because contextual vectors share one direction (Ethayarajh 2019).
"""

from __future__ import annotations

import numpy as np

from core.inspection.similarity import cosines

K = 10
APART = 5  # from so many sentences on, words of the same sentence are no neighbours: they share their context


def candidates(rows: np.ndarray) -> np.ndarray:
    """Which occurrences (n, n) may be neighbours of which, for words of sentences `rows` (n,)."""
    if len(np.unique(rows)) >= APART:
        return np.asarray(rows[:, None] != rows[None])
    return ~np.eye(len(rows), dtype=bool)


def count(allowed: np.ndarray, k: int = K) -> int:
    """How many neighbours are asked for: k, but at most half of what there is to choose from, and one at least."""
    return max(1, min(k, int(allowed.sum(axis=1).min()) // 2))


def nearest(vectors: np.ndarray, allowed: np.ndarray, k: int) -> np.ndarray:
    """The k nearest allowed rows (n, k) of every row of vectors (n, H), best first; equals stand in the rows' order."""
    near = cosines(vectors - vectors.mean(axis=0))
    near[~allowed] = -np.inf
    found: np.ndarray = np.argsort(-near, axis=1, kind="stable")[:, :k]
    return found


def overlap(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Share (n,) of the k nearest in common, for neighbours (n, k) each."""
    found: np.ndarray = (before[:, :, None] == after[:, None, :]).any(axis=2).mean(axis=1)
    return found


def chance(allowed: np.ndarray, k: int) -> float:
    """Mean overlap of neighbours that are drawn at random."""
    return float((k / allowed.sum(axis=1)).mean())
