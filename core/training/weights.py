"""How much rows count where rare classes are to be heard: the inverse of how common a class is, mean 1.

Source: the "balanced" heuristic of scikit-learn, n / (C n_c), here with its square root (King and Zeng 2001 argue for
less than full correction), so that a class of three rows does not outshout the rest.
"""

from __future__ import annotations

import numpy as np


def class_weights(targets: np.ndarray, classes: int) -> np.ndarray:
    """Weight of each class (C,) float64 from targets (n,) int; a class without rows weighs 1."""
    counts = np.bincount(targets, minlength=classes).astype(np.float64)
    present = counts > 0
    raw: np.ndarray = np.ones(classes)
    raw[present] = np.sqrt(len(targets) / (present.sum() * counts[present]))
    return raw


def positive_weights(targets: np.ndarray) -> np.ndarray:
    """Weight of a yes for each label (C,) float64 from targets (n, C) of 0 and 1: sqrt(no / yes), from 1 to 10."""
    yes = targets.sum(axis=0).astype(np.float64)
    return np.asarray(np.clip(np.sqrt((len(targets) - yes) / np.maximum(yes, 1)), 1.0, 10.0))


def cell_weights(targets: np.ndarray, classes: int) -> np.ndarray:
    """What every row, or every (row, label), counts: (n, 1) for one label a row, (n, C) for several."""
    if targets.ndim == 1:
        return np.asarray(class_weights(targets, classes)[targets][:, None])
    return np.asarray(np.where(targets > 0.5, positive_weights(targets), 1.0))
