"""What every head does with one text, in a few numbers a head.

Source: Clark et al. 2019, "What does BERT look at?": entropy, and the mean share of attention to [CLS], to [SEP], to
the piece itself, to the piece before and to the piece behind. Counted over pieces, special ones included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.inspection.attention.weights import Attention

STATISTICS: Mapping[str, str] = {
    "entropy_share": "Entropy, share of the maximum",
    "entropy": "Entropy, nats",
    "cls": "Share to [CLS]",
    "sep": "Share to [SEP]",
    "itself": "Share to itself",
    "previous": "Share to the piece before",
    "next": "Share to the piece behind",
    "other": "Share to the other text",
}
TARGETS: Mapping[str, str] = {
    "cls": "[CLS]",
    "sep": "[SEP], which is read as doing nothing",
    "itself": "the piece itself",
    "previous": "the piece before",
    "next": "the piece behind",
    "other": "the other text",
}
MOSTLY, BROAD, SHARP = 0.5, 0.9, 0.3


@dataclass(frozen=True)
class HeadStatistics:
    """One number a head, each an array (L, A) float64; shares lie in 0..1.

    `entropy` is the mean over the rows of -sum p ln p, `entropy_share` that by ln T: 1 is an even look at everything.
    `previous` leaves out the first row and `next` the last, which have no such piece. `other` is NaN without a pair:
    the mean, over the pieces of both texts, of what goes to pieces of the other text, special pieces left out.
    """

    entropy: np.ndarray
    entropy_share: np.ndarray
    cls: np.ndarray
    sep: np.ndarray
    itself: np.ndarray
    previous: np.ndarray
    next: np.ndarray
    other: np.ndarray

    def of(self, name: str) -> np.ndarray:
        """(L, A) of one of STATISTICS."""
        found: np.ndarray = getattr(self, name)
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """The statistics that this text has: without `other` where there is no pair."""
        return tuple(name for name in STATISTICS if not np.isnan(self.of(name)).all())

    def rows(self) -> list[dict[str, float]]:
        """One row a head: `layer` and `head`, both from 1, and every statistic of `names`."""
        return [
            {"layer": layer + 1, "head": head + 1, **{name: float(self.of(name)[layer, head]) for name in self.names}}
            for layer, head in np.ndindex(*self.entropy.shape)
        ]


def statistics(attention: Attention) -> HeadStatistics:
    """The statistics of all heads of a reading."""
    pieces = attention.reading.pieces
    parts = np.array([-1 if piece.special else piece.part for piece in pieces], dtype=np.int64)
    return head_statistics(attention.weights, attention.cls, attention.sep, parts)


def head_statistics(weights: np.ndarray, cls: np.ndarray, sep: np.ndarray, parts: np.ndarray) -> HeadStatistics:
    """Of weights (L, A, T, T) whose rows sum to 1; `cls` and `sep` (T,) bool, `parts` (T,) 0 or 1, -1 for specials."""
    layers = [_layer(layer.astype(np.float32), cls, sep, parts) for layer in weights]  # one at a time: bounded
    return HeadStatistics(**{name: np.stack([layer[name] for layer in layers]) for name in STATISTICS})


def _layer(weights: np.ndarray, cls: np.ndarray, sep: np.ndarray, parts: np.ndarray) -> dict[str, np.ndarray]:
    """Each statistic as (A,) float64, of one layer (A, T, T) float32."""
    from scipy.special import entr

    weights = weights / weights.sum(axis=-1, keepdims=True)
    entropy = entr(weights).sum(axis=-1).mean(axis=-1, dtype=np.float64)
    most = np.log(weights.shape[-1])
    return {
        "entropy": entropy,
        "entropy_share": entropy / most if most else np.zeros_like(entropy),
        "cls": weights[:, :, cls].sum(axis=-1).mean(axis=-1, dtype=np.float64),
        "sep": weights[:, :, sep].sum(axis=-1).mean(axis=-1, dtype=np.float64),
        "itself": _diagonal(weights, 0),
        "previous": _diagonal(weights, -1),
        "next": _diagonal(weights, 1),
        "other": _other(weights, parts),
    }


def _diagonal(weights: np.ndarray, offset: int) -> np.ndarray:
    found = np.diagonal(weights, offset, axis1=-2, axis2=-1)
    if not found.shape[-1]:
        return np.zeros(len(weights))
    mean: np.ndarray = found.mean(axis=-1, dtype=np.float64)
    return mean


def _other(weights: np.ndarray, parts: np.ndarray) -> np.ndarray:
    crossing = ((parts[:, None] == 0) & (parts == 1)) | ((parts[:, None] == 1) & (parts == 0))
    if not crossing.any():
        return np.full(len(weights), np.nan)
    of_text: np.ndarray = (weights * crossing).sum(axis=-1)[:, parts >= 0].mean(axis=-1, dtype=np.float64)
    return of_text


def described(found: HeadStatistics, layer: int, head: int) -> str:
    """What a head (both numbers from 1) does with this text, in one phrase."""
    shares = {name: float(found.of(name)[layer - 1, head - 1]) for name in TARGETS if name in found.names}
    name = max(shares, key=lambda one: shares[one])
    spread = float(found.entropy_share[layer - 1, head - 1])
    if shares[name] >= MOSTLY:
        return f"mostly to {TARGETS[name]} ({100 * shares[name]:.0f} %)"
    if spread >= BROAD:
        return f"broad, nearly even over everything ({100 * spread:.0f} % of the largest entropy)"
    kind = "sharp" if spread <= SHARP else "mixed"
    return f"{kind}; the largest share that is counted here goes to {TARGETS[name]} ({100 * shares[name]:.0f} %)"
