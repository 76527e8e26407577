"""The effect size of many splits, draws or models at once: d = (mean_X s - mean_Y s) / sd of s over X and Y together.

Source: Caliskan et al. 2017, with n - 1 in the standard deviation.
"""

from __future__ import annotations

import numpy as np


def unit(rows: np.ndarray) -> np.ndarray:
    """Rows (..., H) of length 1; a row of zeros stays as it is."""
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1.0))


def effect_sizes(s: np.ndarray, first: int) -> np.ndarray:
    """d (...) of associations s (..., n), the first `first` of which are X's; NaN where all of a row are equal."""
    spread = s.std(axis=-1, ddof=1)
    apart = s[..., :first].mean(axis=-1) - s[..., first:].mean(axis=-1)
    flat = spread <= 1e-12 * np.abs(s).max(axis=-1)
    return np.asarray(np.where(flat, np.nan, apart / np.where(flat, 1.0, spread)))


def effect_size(s: np.ndarray, first: int) -> float | None:
    """d of one row of associations (n,); None where all are equal."""
    found = float(effect_sizes(s, first))
    return found if np.isfinite(found) else None
