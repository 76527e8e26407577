"""In which batches rows are seen: a pure function of seed and epoch, so that a resumed run sees the same ones.

Rows are shuffled, cut into mega-batches of 50 batches, sorted by length inside each, and the batches shuffled again:
almost no padding is computed, and batches still differ from epoch to epoch.
"""

from __future__ import annotations

import numpy as np

MEGA = 50


def batches(lengths: np.ndarray, size: int, *, seed: int, epoch: int) -> list[np.ndarray]:
    """Split the rows with these lengths (n,) into batches of `size` row indices (int64), each row once."""
    rng = np.random.default_rng([seed, epoch])
    shuffled = rng.permutation(len(lengths))
    found: list[np.ndarray] = []
    for start in range(0, len(shuffled), size * MEGA):
        mega = shuffled[start : start + size * MEGA]
        ordered = mega[np.argsort(-lengths[mega], kind="stable")]
        found.extend(ordered[place : place + size] for place in range(0, len(ordered), size))
    return [found[place] for place in rng.permutation(len(found))]


def batches_an_epoch(rows: int, size: int) -> int:
    """Count the batches of one epoch."""
    return -(-rows // size)
