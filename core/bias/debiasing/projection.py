"""Projections that take directions out of vectors, and the directions.

SentenceDebias: Liang et al. 2020, section 3. INLP: Ravfogel et al. 2020, section 4. Vectors are rows; P is (H, H),
symmetric and idempotent; logits of P z are those of z with the weight W P.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.bias.debiasing.direction import units
from core.errors import Stopped
from core.progress import Progress, Report, ShouldStop, never, silent

RANK = 1e-8  # singular values below this share of the largest are none


@dataclass(frozen=True)
class Removed:
    """P (H, H), the number of directions that it takes out, and held-out accuracy before each of them."""

    projection: np.ndarray
    rank: int
    accuracies: tuple[float, ...]
    majority: float


def subspace(first: np.ndarray, second: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """V (H, k) of pairs of rows (n, H) and (n, H), and every component's share of variance.

    Rows are brought to length 1, each pair is centred at its middle, and V are the first k principal components.
    """
    a, b = units(first), units(second)
    middle = (a + b) / 2
    _, sizes, rows = np.linalg.svd(np.concatenate([a - middle, b - middle]), full_matrices=False)
    total = (sizes**2).sum()
    return np.asarray(rows[:k].T), sizes**2 / (total if total > 0 else 1.0)


def without(directions: np.ndarray) -> np.ndarray:
    """P = I - V V^T of the space that the columns of `directions` (H, m) span; they need not be orthogonal."""
    left, sizes, _ = np.linalg.svd(directions, full_matrices=False)
    basis = left[:, sizes > RANK * max(1.0, float(sizes.max(initial=0.0)))]
    return np.asarray(np.eye(len(directions)) - basis @ basis.T)


def inlp(
    rows: np.ndarray,
    sides: np.ndarray,
    held: np.ndarray,
    held_sides: np.ndarray,
    *,
    most: int,
    margin: float,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Removed:
    """Take out classifier after classifier until a new one finds `sides` no better than guessing on held-out rows.

    It ends where held-out accuracy is at most the majority plus `margin`, or after `most` directions.
    """
    from sklearn.linear_model import LogisticRegression

    majority = float(max(held_sides.mean(), 1 - held_sides.mean()))
    found: list[np.ndarray] = []
    accuracies: list[float] = []
    projection = np.eye(rows.shape[1])
    while True:
        if should_stop() is not None:
            raise Stopped
        report(Progress("Taking directions out", step=len(found), steps=most))
        probe = LogisticRegression(max_iter=300).fit(rows @ projection, sides)
        accuracies.append(float((probe.predict(held @ projection) == held_sides).mean()))
        if accuracies[-1] <= majority + margin or len(found) == most:
            return Removed(projection, len(found), tuple(accuracies), majority)
        found.append(units(probe.coef_[0] @ projection))
        projection = without(np.stack(found, axis=1))
