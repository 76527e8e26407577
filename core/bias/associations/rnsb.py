"""Relative negative sentiment: how unevenly a sentiment classifier's P(negative) spreads over identity words.

Source: Sweeney and Najafian 2019, ACL P19-1162. f(w) = P(negative | vector of w) of a logistic regression on vectors of
positive and negative words; P = f / sum of f over the identity words; RNSB = KL(P || uniform) in nats, from 0 to ln n.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Split:
    """One classifier: P(negative) (n,) of the identity words, and its accuracy on held-out words, classes alike."""

    negative: np.ndarray
    accuracy: float


def divergence(negative: np.ndarray) -> np.ndarray:
    """KL to uniform (...) of P(negative) (..., n) in nats."""
    size = negative.shape[-1]
    total = negative.sum(axis=-1, keepdims=True)
    shares = np.where(total > 0, negative / np.where(total > 0, total, 1.0), 1.0 / size)
    parts = np.where(shares > 0, shares * np.log(np.where(shares > 0, shares, 1.0) * size), 0.0)
    return np.asarray(np.maximum(parts.sum(axis=-1), 0.0))


def fitted(positive: np.ndarray, negative: np.ndarray, words: np.ndarray, c: float, balanced: bool) -> np.ndarray:
    """P(negative) (n,) of `words` (n, d) by a classifier trained on rows (p, d) and (q, d)."""
    model = _trained(positive, negative, c, balanced)
    return np.asarray(model.predict_proba(words)[:, 1])


def split(
    positive: np.ndarray, negative: np.ndarray, words: np.ndarray, *, c: float, balanced: bool, held_out: float,
    seed: tuple[int, int],
) -> Split:  # fmt: skip
    """Train on a part of each class drawn by `seed`, score on the rest; both classes keep their proportions."""
    rng = np.random.default_rng(seed)
    (kept_p, out_p), (kept_n, out_n) = (_parted(rows, held_out, rng) for rows in (positive, negative))
    model = _trained(kept_p, kept_n, c, balanced)
    right = [float((model.predict(rows) == label).mean()) for rows, label in ((out_p, 0), (out_n, 1))]
    return Split(np.asarray(model.predict_proba(words)[:, 1]), sum(right) / 2)


def _parted(rows: np.ndarray, held_out: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    order = rng.permutation(len(rows))
    count = min(len(rows) - 1, max(1, round(held_out * len(rows))))
    return rows[order[count:]], rows[order[:count]]


def _trained(positive: np.ndarray, negative: np.ndarray, c: float, balanced: bool):  # type: ignore[no-untyped-def]
    from sklearn.linear_model import LogisticRegression

    labels = np.repeat([0, 1], [len(positive), len(negative)])
    weights = "balanced" if balanced else None
    return LogisticRegression(C=c, class_weight=weights, max_iter=10_000).fit(np.vstack([positive, negative]), labels)
