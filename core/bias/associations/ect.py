"""Embedding coherence: do two groups' means order attribute words the same way?

Source: Dev and Phillips 2019, AISTATS. rho = Spearman's rank correlation between [cos(v1, a_j)] and [cos(v2, a_j)],
ties by their average rank; undefined where one of the two is constant.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata

from core.bias.associations.unit import cosines

SAME = 1e-12  # cosines that differ by less are ties: the last bits depend on the order of sums


def towards(groups: tuple[np.ndarray, np.ndarray], attributes: np.ndarray) -> np.ndarray:
    """Cosines (2, m) of the two groups' means with every attribute row (m, d)."""
    means = np.stack([rows.mean(axis=0) for rows in groups])
    return np.asarray(np.round(cosines(means, attributes) / SAME) * SAME)


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks along the last axis from 1, ties by their average."""
    return np.asarray(rankdata(values, axis=-1))


def spearman(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """rho (...) of values (..., m); NaN where one side is constant."""
    left, right = (each - each.mean(axis=-1, keepdims=True) for each in (ranks(first), ranks(second)))
    scale = np.sqrt((left**2).sum(axis=-1) * (right**2).sum(axis=-1))
    products = (left * right).sum(axis=-1)
    rho = np.divide(products, scale, out=np.full_like(products, np.nan), where=scale > 0)
    return np.asarray(np.clip(rho, -1.0, 1.0))
