"""Rows of length one, and cosines."""

from __future__ import annotations

import numpy as np


def unit(rows: np.ndarray) -> np.ndarray:
    """Rows (..., d) divided by their length; a row of zeros stays one."""
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1.0))


def cosines(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Cosines (n, m) of rows (n, d) and (m, d); 0 where a row is zero."""
    return np.asarray(np.clip(unit(left) @ unit(right).T, -1.0, 1.0))
