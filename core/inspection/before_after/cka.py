"""Linear CKA: how alike two sets of vectors of the same words are, whatever their axes and scale.

Kornblith et al. 2019, section 3: |Y'X|^2 / (|X'X| |Y'Y|) over centred X (n, H) and Y (n, G) with Frobenius norms;
H and G may differ. It is 1 for spaces that differ by a rotation and a scale. With fewer words than dimensions it is too
high even for unrelated spaces (Murphy et al. 2024), so a chance level is given beside it: words paired at random.
"""

from __future__ import annotations

import numpy as np

SHUFFLES = 20


def linear_cka(first: np.ndarray, second: np.ndarray) -> float:
    """CKA in [0, 1] of vectors (n, H) and (n, G) of the same n words; NaN where one of them never varies."""
    return float(cka_matrix(grams(first[:, None]), grams(second[:, None]))[0, 0])


def grams(layers: np.ndarray) -> np.ndarray:
    """Inner products (L + 1, n, n) float64 of the centred vectors (n, L + 1, H) of every layer."""
    values = layers.astype(np.float64).transpose(1, 0, 2)
    values = values - values.mean(axis=1, keepdims=True)
    found: np.ndarray = values @ values.transpose(0, 2, 1)
    return found


def cka_matrix(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """CKA (L + 1, M + 1) of every layer with every layer, from `grams` of both."""
    a, b = (each.reshape(len(each), -1) for each in (first, second))
    lengths = np.linalg.norm(a, axis=1)[:, None] * np.linalg.norm(b, axis=1)[None]
    found: np.ndarray = np.divide(a @ b.T, lengths, out=np.full(lengths.shape, np.nan), where=lengths > 0)
    return found


def chance(first: np.ndarray, second: np.ndarray, *, seed: int = 0) -> np.ndarray:
    """Mean CKA (P,) of P pairs of grams (P, n, n) when the words of the second are shuffled."""
    rng = np.random.default_rng(seed)
    lengths = np.linalg.norm(first, axis=(1, 2)) * np.linalg.norm(second, axis=(1, 2))
    total = np.zeros(len(first))
    for _ in range(SHUFFLES):
        order = rng.permutation(first.shape[1])
        total += np.einsum("pij,pij->p", first, second[:, order[:, None], order])
    found: np.ndarray = np.divide(total / SHUFFLES, lengths, out=np.full(len(first), np.nan), where=lengths > 0)
    return found


def left_out(first: np.ndarray, second: np.ndarray, member: np.ndarray) -> np.ndarray:
    """CKA (G,) of two grams (n, n) without each group of words, `member` (n, G) of 0 and 1; both centred anew.

    Sums over the words that stay are differences of sums by group, so that no gram is copied.
    """
    cross, own, other = (_left_out_products(a, b, member) for a, b in
                         ((first, second), (first, first), (second, second)))  # fmt: skip
    lengths = np.sqrt(np.maximum(own, 0) * np.maximum(other, 0))
    found: np.ndarray = np.divide(cross, lengths, out=np.full(len(cross), np.nan), where=lengths > 0)
    return found


def _left_out_products(first: np.ndarray, second: np.ndarray, member: np.ndarray) -> np.ndarray:
    """Sum (G,) over HKH * HLH without each group: sum K*L - 2/n rows(K).rows(L) + sum K sum L / n^2."""
    blocks = member.T @ (first * second) @ member
    plain = blocks.sum() - blocks.sum(axis=0) - blocks.sum(axis=1) + np.diag(blocks)
    stays = 1 - member
    count = np.maximum(stays.sum(axis=0), 1)
    rows = [(each.sum(axis=1, keepdims=True) - each @ member) * stays for each in (first, second)]
    sums = [each.sum(axis=0) for each in rows]
    found: np.ndarray = plain - 2 / count * (rows[0] * rows[1]).sum(axis=0) + sums[0] * sums[1] / count**2
    return found
