"""The statistics of Ethayarajh 2019, each from vectors alone.

Self-similarity, intra-sentence similarity and maximum explainable variance follow the paper. It speaks of singular
values and its code of centred components; here no mean is taken away, for words and for random occurrences alike.
"""

from __future__ import annotations

import numpy as np

from core.inspection.similarity import unit


def pair_sum(units: np.ndarray, sentences: np.ndarray) -> tuple[np.ndarray, int]:
    """Sum by dimension (H,) of u_i * u_j over ordered pairs of unit vectors (n, H) of different sentences (n,), and
    their number; the dimensions' sum over the number is the mean cosine.
    """
    total = units.sum(axis=0) ** 2
    pairs = len(units) ** 2
    for sentence in np.unique(sentences):
        own = units[sentences == sentence]
        total = total - own.sum(axis=0) ** 2
        pairs -= len(own) ** 2
    return total, pairs


def baseline(vectors: np.ndarray, sentences: np.ndarray) -> tuple[float, int, float]:
    """Mean cosine of vectors (n, H) from different sentences (n,), the dimension that adds most to it, and its share.

    The share of one dimension is its part of the mean cosine (Timkey and van Schijndel 2021); it can exceed 1 where
    others are negative. NaN where no two vectors are of different sentences; no share where the mean is not above 0.
    """
    total, pairs = pair_sum(unit(vectors), sentences)
    if pairs == 0:
        return float("nan"), 0, float("nan")
    mean, largest = float(total.sum() / pairs), int(total.argmax())
    return mean, largest, float(total[largest] / total.sum()) if total.sum() > 0 else float("nan")


def self_similarity(summed: np.ndarray, n: int) -> np.ndarray:
    """Mean cosine of the n >= 2 occurrences of a word, from the sum (..., H) of their unit vectors.

    (|sum|^2 - n) / (n^2 - n): the sum of all cosines without the n of a vector with itself.
    """
    wide = np.asarray(summed, dtype=np.float64)
    found: np.ndarray = ((wide**2).sum(axis=-1) - n) / (n * n - n)
    return found


def intra_sentence(vectors: np.ndarray) -> np.ndarray:
    """Mean cosine (...) of a sentence's word vectors (..., words, H) with their mean."""
    middle = unit(np.asarray(vectors, dtype=np.float64).mean(axis=-2, keepdims=True))
    found: np.ndarray = (unit(vectors) * middle).sum(axis=-1).mean(axis=-1)
    return found


def explainable_variance(vectors: np.ndarray) -> float:
    """Share of the first singular value's square among all squares of vectors (n, H), not centred: 1/n to 1."""
    wide = np.asarray(vectors, dtype=np.float64)
    gram = wide @ wide.T if len(wide) <= wide.shape[1] else wide.T @ wide
    total = float(np.trace(gram))
    return float(np.linalg.eigvalsh(gram)[-1] / total) if total > 0 else float("nan")
