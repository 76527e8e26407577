"""A direction in word vectors, taken out of neutral words, and pairs made equal beside it.

Source: Bolukbasi et al. 2016, sections 5 and 6. Vectors are rows; v is the direction, of length 1.
"""

from __future__ import annotations

import numpy as np

TINY = 1e-9


def direction(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """v (d,) of pairs (k, d) and (k, d), and the share of variance of every component.

    Each pair is centred at its own middle; v is the first principal component of the 2k rows, its sign so that the
    first rows lie on the positive side. ValueError where all pairs are of equal vectors.
    """
    middle = (first + second) / 2
    centred = np.concatenate([first - middle, second - middle])
    _, sizes, rows = np.linalg.svd(centred, full_matrices=False)
    if sizes[0] <= TINY:
        raise ValueError("no pair differs")
    v = rows[0] * (1.0 if ((first - second) @ rows[0]).sum() >= 0 else -1.0)
    return v, sizes**2 / (sizes**2).sum()


def neutralised(rows: np.ndarray, v: np.ndarray, *, unit: bool) -> np.ndarray:
    """Rows (n, d) without their part along v; `unit` makes each of length 1 afterwards, as the paper does.

    A row that lies along v alone has nothing left and stays zero.
    """
    left = rows - np.outer(rows @ v, v)
    return units(left) if unit else left


def equalised(first: np.ndarray, second: np.ndarray, v: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """The pair (d,) and (d,) of unit length, equally far from every vector that has no part along v.

    nu = mu - (mu v) v, each = nu +- sqrt(1 - |nu|^2) v. None where |nu| >= 1 or the two do not differ along v.
    """
    middle = (first + second) / 2
    nu = middle - (middle @ v) * v
    room, gap = 1 - float(nu @ nu), float((first - second) @ v)
    if room <= 0 or abs(gap) <= TINY:
        return None
    side = np.sign(gap) * np.sqrt(room) * v
    return nu + side, nu - side


def units(rows: np.ndarray) -> np.ndarray:
    """Rows of length 1; a zero row stays."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.where(lengths > TINY, lengths, 1.0))
