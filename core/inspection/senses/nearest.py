"""Which sense the nearest labelled vectors speak for: nearest centroid, 1-NN and 5-NN by cosine, ties told as ties.

- centroid: the sense whose mean of raw vectors is nearest (Reif et al. 2019; Loureiro et al. 2021).
- 1-NN: the sense of the nearest vector (Wiedemann et al. 2019).
- 5-NN: the five nearest vote with their cosine; a negative one votes nothing. With fewer than five, all vote.

Two similarities that differ by less than `TIE` are one: float32 states of a sentence differ by as much from batch to
batch. A vote that hangs on which of several equally near vectors is taken is a tie too, and so is a mere head count of
vectors that are all equally near.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from core.inspection.similarity import unit

CENTROID, ONE, FIVE = "centroid", "1-NN", "5-NN"
RULES = (CENTROID, ONE, FIVE)
TIE = 1e-6
TIED = -1
_BLOCK = 4_000_000  # similarities in memory at once


def predict(train: np.ndarray, senses: Sequence[str], test: np.ndarray) -> Mapping[str, np.ndarray]:
    """By rule the predicted sense of each test vector (m,) as objects: a str, or None for a tie.

    train (n, H) with `senses` (n), test (m, H); raw vectors, any length. Senses of one word only: all compete.
    """
    names, codes = np.unique(np.asarray(senses, dtype=object), return_inverse=True)
    choice = np.append(names, [None])  # TIED = -1 is the last
    return {rule: choice[found] for rule, found in decide(train, codes, test).items()}


def decide(train: np.ndarray, codes: np.ndarray, test: np.ndarray) -> dict[str, np.ndarray]:
    """As `predict` with senses as numbers 0 to C - 1: by rule (m,) int64, `TIED` where nothing is decided."""
    units, codes = unit(train), np.asarray(codes, dtype=np.int64)
    sums = _sums(np.asarray(train, dtype=np.float64), codes)
    parts: dict[str, list[np.ndarray]] = {rule: [np.zeros(0, dtype=np.int64)] for rule in RULES}
    for rows in _blocks(len(test), len(train)):
        block = unit(test[rows])
        near = block @ units.T
        parts[CENTROID].append(best(block @ unit(sums).T))
        parts[ONE].append(neighbours(near, codes, 1))
        parts[FIVE].append(neighbours(near, codes, 5))
    return {rule: np.concatenate(found) for rule, found in parts.items()}


def leave_one_out(vectors: np.ndarray, codes: np.ndarray) -> dict[str, np.ndarray]:
    """By rule what each vector (n, H) is taken for when it is left out of the labelled ones: (n,) int64 or `TIED`.

    Every sense needs two vectors. Leaving one out makes its own sense smaller: chance falls a little below even.
    """
    raw, codes = np.asarray(vectors, dtype=np.float64), np.asarray(codes, dtype=np.int64)
    units, sums = unit(raw), _sums(raw, codes)
    parts: dict[str, list[np.ndarray]] = {rule: [np.zeros(0, dtype=np.int64)] for rule in RULES}
    for rows in _blocks(len(raw), len(raw)):
        near = units[rows] @ units.T
        near[np.arange(len(near)), rows] = -np.inf
        to_centroid = units[rows] @ unit(sums).T
        own = unit(sums[codes[rows]] - raw[rows])
        to_centroid[np.arange(len(near)), codes[rows]] = (units[rows] * own).sum(axis=1)
        parts[CENTROID].append(best(to_centroid))
        parts[ONE].append(neighbours(near, codes, 1))
        parts[FIVE].append(neighbours(near, codes, 5))
    return {rule: np.concatenate(found) for rule, found in parts.items()}


def best(scores: np.ndarray) -> np.ndarray:
    """The column with the highest score of each row (m, C), `TIED` where another comes within `TIE`."""
    top = scores.max(axis=1, keepdims=True)
    found = scores.argmax(axis=1)
    return np.where((scores > top - TIE).sum(axis=1) > 1, TIED, found)


def neighbours(near: np.ndarray, codes: np.ndarray, k: int) -> np.ndarray:
    """Votes of the k nearest of each row of similarities (m, n); -inf marks what may not vote."""
    k = min(k, int(np.isfinite(near).sum(axis=1).min()))
    edge = -np.partition(-near, k - 1, axis=1)[:, k - 1 : k]  # the k-th similarity
    senses = int(codes.max()) + 1
    inside, at_edge = near > edge + TIE, np.abs(near - edge) <= TIE
    members = np.eye(senses)[codes]
    votes = np.where(inside, np.maximum(near, 0), 0) @ members
    waiting, seats = at_edge @ members, k - inside.sum(axis=1, keepdims=True)
    alike = (near.max(axis=1, keepdims=True) - edge <= TIE)[:, 0] & ((waiting > 0).sum(axis=1) > 1)
    return np.where(alike, TIED, _sure(votes, waiting, seats, np.maximum(edge, 0)))


def _sure(votes: np.ndarray, waiting: np.ndarray, seats: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The sense that wins however the last `seats` are filled from those `waiting` at the edge; else `TIED`."""
    least = votes + weight * np.maximum(0, seats - (waiting.sum(axis=1, keepdims=True) - waiting))
    most = votes + weight * np.minimum(seats, waiting)
    winner = least.argmax(axis=1)
    rivals = most.copy()
    rivals[np.arange(len(rivals)), winner] = 0.0
    return np.where(least.max(axis=1) > rivals.max(axis=1) + TIE, winner, TIED)


def _sums(raw: np.ndarray, codes: np.ndarray) -> np.ndarray:
    sums = np.zeros((int(codes.max()) + 1, raw.shape[1]))
    np.add.at(sums, codes, raw)
    return sums


def _blocks(rows: int, columns: int) -> list[np.ndarray]:
    size = max(1, _BLOCK // max(1, columns))
    return [np.arange(start, min(start + size, rows)) for start in range(0, rows, size)]
