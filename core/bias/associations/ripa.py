"""Relational inner product association: how far a word lies along the direction from y to x.

Source: Ethayarajh, Duvenaud and Hirst 2019, ACL P19-1166. For a pair, b = (x - y) / |x - y| and RIPA(w) = w . b, with w
as it is: no cosine. For several pairs b is the first principal component of the differences; it is taken about zero,
since centring would remove the very direction that the pairs share. Its sign is set so that the x side is positive.

Everything follows from two small matrices: G = D D^T (k, k) of the differences D (k, d), and P = D W^T (k, m).
"""

from __future__ import annotations

import numpy as np

TINY = 1e-9  # |x - y| below this part of the longest vector is no difference


def along_principal(gram: np.ndarray, products: np.ndarray) -> np.ndarray:
    """RIPA (..., m) along the common direction, from G (..., k, k) and P (..., k, m); NaN where it has no sign."""
    values, vectors = np.linalg.eigh(gram)
    top, length = vectors[..., -1], np.sqrt(np.maximum(values[..., -1], 0.0))
    mean = np.einsum("...ij,...j->...", gram, top)  # sum of the differences' parts along the direction
    scale = np.abs(gram).max(axis=(-1, -2))
    sign = np.where(np.abs(mean) > 1e-12 * scale, np.sign(mean), np.nan)
    factor = np.divide(sign, length, out=np.full_like(length, np.nan), where=length > 0)
    return np.asarray(np.einsum("...k,...km->...m", top, products) * factor[..., None])


def along_each(gram: np.ndarray, products: np.ndarray) -> np.ndarray:
    """RIPA (k, m) along each pair's own direction."""
    return np.asarray(products / np.sqrt(np.diag(gram))[:, None])


def shared(gram: np.ndarray) -> tuple[float, np.ndarray]:
    """Part of the squared differences along the common direction (0 to 1), and each pair's |cosine| with it (k,)."""
    values, vectors = np.linalg.eigh(gram)
    along = np.abs(gram @ vectors[:, -1]) / np.sqrt(values[-1])
    return float(values[-1] / np.trace(gram)), np.clip(along / np.sqrt(np.diag(gram)), 0.0, 1.0)


def resampled(gram: np.ndarray, products: np.ndarray, places: np.ndarray, principal: bool) -> np.ndarray:
    """The mean RIPA over words (r,) for each row of `places` (r, k) of pairs."""
    if not principal:
        return np.asarray(along_each(gram, products).mean(axis=1)[places].mean(axis=1))
    means = products.mean(axis=1)[places][..., None]
    return along_principal(gram[places[:, :, None], places[:, None, :]], means)[:, 0]


def without_each(gram: np.ndarray, products: np.ndarray, principal: bool) -> np.ndarray:
    """The mean RIPA over words (k,) without one pair after another; NaN for a single pair."""
    count = len(gram)
    if count < 2:
        return np.full(count, np.nan)
    places = np.array([[other for other in range(count) if other != one] for one in range(count)])
    return resampled(gram, products, places, principal)
