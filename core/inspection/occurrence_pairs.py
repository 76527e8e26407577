"""Every pair of occurrences: cosine, what is left of it above chance, where it stands among random pairs, and static.

Source: Ethayarajh 2019 for the cosine minus the baseline. Percentile: per cent of the random pairs whose cosine is
lower, ties half. Rank: 1 + number of random pairs whose cosine is higher, of 1,001.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.inspection.anisotropy import Background
from core.inspection.similarity import Layer, at_layer, cosines

COLUMNS = ("first", "second", "cosine", "minus_baseline", "percentile", "rank", "static")


@dataclass(frozen=True)
class Pairs:
    """Matrices (n, n): `cosine`, `minus_baseline`, `static` float64, `percentile` 0 to 100, `rank` from 1."""

    cosine: np.ndarray
    minus_baseline: np.ndarray
    percentile: np.ndarray
    rank: np.ndarray
    static: np.ndarray
    baseline: float
    random_pairs: int


def vectors_at(states: np.ndarray, layer: Layer, standardised: bool, background: Background) -> np.ndarray:
    """Vectors (n, H) of one choice of layer, z-scored where wanted."""
    vectors = at_layer(states, layer)
    return background.standard(layer).score(vectors) if standardised else vectors


def pairs(
    states: np.ndarray, static: np.ndarray, background: Background, layer: Layer, *, standardised: bool = False
) -> Pairs:
    """Compare occurrences with states (n, L + 1, H) and static vectors (n, E); none of them NaN."""
    cosine = cosines(vectors_at(states, layer, standardised, background))
    random = background.pairs(layer, standardised)
    baseline = background.baseline(layer, standardised)
    percentile, rank = among(random, cosine)
    return Pairs(cosine, cosine - baseline, percentile, rank, cosines(static), baseline, len(random))


def among(random: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Percentile (float64, 0 to 100) and rank (int64, from 1) of each value among random ones."""
    ordered = np.sort(np.asarray(random, dtype=np.float64))
    below = np.searchsorted(ordered, values, side="left")
    upto = np.searchsorted(ordered, values, side="right")
    return 100 * (below + upto) / (2 * len(ordered)), len(ordered) - upto + 1


def rows(found: Pairs, labels: Sequence[str]) -> list[tuple[str, str, float, float, float, int, float]]:
    """One row a pair, in COLUMNS, the most alike first."""
    first, second = np.triu_indices(len(labels), 1)
    listed = [
        (
            labels[a], labels[b], float(found.cosine[a, b]), float(found.minus_baseline[a, b]),
            float(found.percentile[a, b]), int(found.rank[a, b]), float(found.static[a, b]),
        )
        for a, b in zip(first.tolist(), second.tolist(), strict=True)
    ]  # fmt: skip
    return sorted(listed, key=lambda row: -row[2])
