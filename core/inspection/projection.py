"""Occurrences in two dimensions, with the numbers that say how far the picture can be believed.

PCA is fitted once for all layers, so that points move with the layer and do not jump: on unit vectors, each layer's own
mean taken away. t-SNE (van der Maaten and Hinton 2008) is one layer's alone. Trustworthiness (Venna and Kaski 2001),
0 to 1: how few of a point's neighbours in the picture are strangers at full width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.errors import UserProblem
from core.inspection.similarity import Layer, at_layer, unit

SEED = 0
FEWEST = 3  # two points always lie on a line
FEWEST_TSNE = 6
MOST_TSNE = 500
NEIGHBOURS = 5


@dataclass(frozen=True)
class Projected:
    """`points` (n, 2) float64; `explained` 0 to 1, the share of the layer's variance in the picture, None for t-SNE.

    `trustworthiness` is None where all points are one; `neighbours` is the k it was measured with.
    """

    points: np.ndarray
    explained: float | None
    trustworthiness: float | None
    neighbours: int


def pca(states: np.ndarray, layers: Sequence[Layer]) -> tuple[Projected, ...]:
    """One picture a layer of states (n, L + 1, H), all in the same two directions; UserProblem below 3 points."""
    _enough(len(states), FEWEST, "A picture")
    centred = [_centred(at_layer(states, layer)) for layer in layers]
    axes = _axes(np.concatenate(centred))
    return tuple(_pictured(vectors, vectors @ axes.T, share=True) for vectors in centred)


def tsne(vectors: np.ndarray) -> Projected:
    """Vectors (n, H) of one layer by neighbours; UserProblem below 6 points or from 500 on."""
    from sklearn.manifold import TSNE

    n = len(vectors)
    _enough(n, FEWEST_TSNE, "t-SNE")
    if n >= MOST_TSNE:
        raise UserProblem(f"t-SNE was asked for {n:,} points.", f"It is for fewer than {MOST_TSNE}.", "Take PCA.")
    centred = _centred(vectors)
    if not centred.any():
        return Projected(np.zeros((n, 2)), None, None, _neighbours(n))
    perplexity = min(30.0, (n - 1) / 3)
    points = TSNE(perplexity=perplexity, init=_start(centred), random_state=SEED).fit_transform(centred)
    return _pictured(centred, points.astype(np.float64), share=False)


def _centred(vectors: np.ndarray) -> np.ndarray:
    units = unit(vectors)
    centred: np.ndarray = units - units.mean(axis=0)
    centred[np.abs(centred) < 1e-6] = 0.0  # the same vector a few float32 steps apart
    return centred


def _axes(rows: np.ndarray) -> np.ndarray:
    """The first two principal directions (2, H)."""
    from sklearn.decomposition import PCA

    if not rows.any():
        return np.zeros((2, rows.shape[1]))
    fitted = PCA(n_components=2, svd_solver="covariance_eigh").fit(rows)
    axes: np.ndarray = fitted.components_
    return axes


def _start(centred: np.ndarray) -> np.ndarray:
    """A start for t-SNE from PCA, on the scale that it wants (first column at 1e-4)."""
    points = centred @ _axes(centred).T
    start: np.ndarray = (points / max(points[:, 0].std(), 1e-12) * 1e-4).astype(np.float32)
    return start


def _pictured(vectors: np.ndarray, points: np.ndarray, *, share: bool) -> Projected:
    from sklearn.manifold import trustworthiness

    k, whole = _neighbours(len(points)), float((vectors**2).sum())
    if whole == 0:
        return Projected(np.zeros_like(points), None, None, k)
    explained = float((points**2).sum()) / whole if share else None
    return Projected(points, explained, float(trustworthiness(vectors, points, n_neighbors=k)), k)


def _neighbours(n: int) -> int:
    """At most 5 and fewer than half of the points."""
    return max(1, min(NEIGHBOURS, (n - 1) // 2))


def _enough(n: int, fewest: int, what: str) -> None:
    if n < fewest:
        raise UserProblem(
            f"{what} needs at least {fewest} occurrences with a vector; there are {n}.", "", "Add sentences."
        )
