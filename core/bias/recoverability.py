"""Can the attribute be found again in the vectors, by a new classifier or by sorting into two heaps?

Source: Gonen and Goldberg 2019: after debiasing, words that leaned to one side still lie together. Cross-validated
accuracy of a new logistic regression and the agreement of k-means (k = 2) with the attribute, beside the majority.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

FOLDS = 5
LEAST = 10  # of each side; fewer say nothing


@dataclass(frozen=True)
class Recovered:
    """Accuracies in [0, 1] over n vectors; `majority` is what guessing the larger side reaches. None: too few."""

    accuracy: float | None
    clusters: float | None
    majority: float
    n: int
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def recovered(rows: np.ndarray, sides: np.ndarray, *, families: np.ndarray | None = None, seed: int = 0) -> Recovered:
    """How well `sides` (n,) bool can be found in rows (n, d); members of a family are never split over folds."""
    n, larger = len(sides), int(max(sides.sum(), (~sides).sum())) if len(sides) else 0
    if n - larger < LEAST:
        note = f"Each side needs {LEAST} vectors; the smaller has {n - larger}."
        return Recovered(None, None, larger / n if n else 0.0, n, note)
    return Recovered(_probed(rows, sides, families, seed), _clustered(rows, sides, seed), larger / n, n)


def _probed(rows: np.ndarray, sides: np.ndarray, families: np.ndarray | None, seed: int) -> float:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    folds = (StratifiedKFold if families is None else StratifiedGroupKFold)(FOLDS, shuffle=True, random_state=seed)
    probe = make_pipeline(StandardScaler(), LogisticRegression(max_iter=300))
    guessed = cross_val_predict(probe, rows, sides, groups=families, cv=folds)
    return float((guessed == sides).mean())


def _clustered(rows: np.ndarray, sides: np.ndarray, seed: int) -> float:
    from sklearn.cluster import KMeans

    heap = KMeans(2, n_init=10, random_state=seed).fit_predict(rows).astype(bool)
    agree = float((heap == sides).mean())
    return max(agree, 1 - agree)
