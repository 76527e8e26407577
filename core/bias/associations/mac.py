"""Mean average cosine distance of target words to attribute sets.

Source: Manzini, Lim, Tsvetkov and Black 2019, NAACL N19-1062. s(t, A) = mean over a of 1 - cos(t, a); MAC = mean of s
over every target word and every attribute set. A distance, not a similarity: 0 the same direction, 1 at right angles.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.bias.associations.unit import cosines


def distances(targets: np.ndarray, attributes: Sequence[np.ndarray]) -> np.ndarray:
    """s (n, k) of target rows (n, d) to k attribute sets of rows (m, d)."""
    return np.stack([1.0 - cosines(targets, rows).mean(axis=1) for rows in attributes], axis=1)
