"""Scores of pieces to scores of words: the SUM over a word's pieces, because only a sum keeps what all adds up to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.inspection.attribution.result import Unit


def by_unit(piece_scores: np.ndarray, units: Sequence[Unit]) -> np.ndarray:
    """Piece scores (T,) to unit scores (n,), both float64."""
    return np.array([piece_scores[list(unit.pieces)].sum() for unit in units], dtype=np.float64)


def specials(piece_scores: np.ndarray, units: Sequence[Unit], pieces: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Name and score of every piece that belongs to no unit, such as [CLS] and [SEP]."""
    owned = {place for unit in units for place in unit.pieces}
    return tuple((name, float(piece_scores[place])) for place, name in enumerate(pieces) if place not in owned)
