"""Which layer's vector stands for a word, and how alike two such vectors are.

Raw cosine is dominated by one to three "rogue" dimensions in many models (Timkey and van Schijndel 2021); a z-score
over background occurrences takes their weight away. It helps neighbours and can hurt clusters, so it is optional.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.errors import UserProblem

LAST_FOUR = "last_four"
Layer = int | str  # 0 to L, or LAST_FOUR


def choices(layers: int) -> tuple[Layer, ...]:
    """What a model of L blocks offers: 0 to L, and the sum of the last four."""
    return (*range(layers + 1), LAST_FOUR)


def named(layer: Layer, layers: int) -> str:
    """A choice in words, such as "layer 6 (last)"."""
    if layer == LAST_FOUR:
        return f"sum of layers {_first(layers)} to {layers}"
    return f"layer {layer}" + {0: " (embeddings with position)", layers: " (last)"}.get(int(layer), "")


def parse(text: str, layers: int) -> Layer:
    """A choice from a person's word; raises UserProblem for a layer that is not there."""
    if text == LAST_FOUR:
        return LAST_FOUR
    if text.isascii() and text.isdigit() and int(text) <= layers:
        return int(text)
    raise UserProblem(f"There is no layer {text!r}.", f"This model has layers 0 to {layers}, and {LAST_FOUR}.")


def at_layer(states: np.ndarray, layer: Layer) -> np.ndarray:
    """Vectors (n, H) float32 of one choice from the states (n, L + 1, H) of n occurrences.

    LAST_FOUR is the sum of the outputs of the last four blocks (Loureiro et al. 2021), of all where there are fewer.
    """
    if layer == LAST_FOUR:
        summed: np.ndarray = states[:, _first(states.shape[1] - 1) :].sum(axis=1)
        return summed
    one: np.ndarray = states[:, int(layer)]
    return one


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors (..., H) float64 of length 1; a vector of zeros stays one."""
    wide = np.asarray(vectors, dtype=np.float64)
    norms = np.linalg.norm(wide, axis=-1, keepdims=True)
    out: np.ndarray = np.divide(wide, norms, out=np.zeros_like(wide), where=norms > 0)
    return out


def cosines(vectors: np.ndarray, others: np.ndarray | None = None) -> np.ndarray:
    """Cosine (n, m) float64 in [-1, 1] of vectors (n, H) with `others` (m, H), else with themselves."""
    units = unit(vectors)
    found: np.ndarray = np.clip(units @ (units if others is None else unit(others)).T, -1.0, 1.0)
    return found


def paired_cosines(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Cosine (..., ) float64 of row with row."""
    found: np.ndarray = np.clip((unit(first) * unit(second)).sum(axis=-1), -1.0, 1.0)
    return found


@dataclass(frozen=True)
class Standard:
    """Mean and standard deviation (H,) of every dimension over background occurrences."""

    mean: np.ndarray
    deviation: np.ndarray

    @classmethod
    def of(cls, vectors: np.ndarray) -> Standard:
        """From vectors (m, H); population deviation."""
        wide = np.asarray(vectors, dtype=np.float64)
        return cls(wide.mean(axis=0), wide.std(axis=0))

    def score(self, vectors: np.ndarray) -> np.ndarray:
        """z-scores (..., H) float64; a dimension that never varies in the background gives 0."""
        moved = np.asarray(vectors, dtype=np.float64) - self.mean
        varies = self.deviation > 1e-12
        where = np.broadcast_to(varies, moved.shape)
        out: np.ndarray = np.divide(moved, self.deviation, out=np.zeros_like(moved), where=where)
        return out


def mean_pairwise(cosine: np.ndarray) -> float:
    """Mean cosine over all pairs of different occurrences of a matrix (n, n); NaN for fewer than two."""
    n = len(cosine)
    return float((cosine.sum() - np.trace(cosine)) / (n * n - n)) if n > 1 else float("nan")


def _first(layers: int) -> int:
    """The first of the last four blocks; blocks count from 1."""
    return max(1, layers - 3)
