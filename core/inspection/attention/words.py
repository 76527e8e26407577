"""Attention between words instead of pieces.

Source of the rule: Clark et al. 2019. Attention TO a split word is the sum over its pieces, attention FROM it the mean
over them, so every row still sums to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.inspection.reading import Reading


@dataclass(frozen=True)
class Unit:
    """A word, or one piece: what is written at its row and column, its `part` (0 or 1), its pieces by position."""

    text: str
    part: int
    special: bool
    pieces: tuple[int, ...]


def words(reading: Reading) -> tuple[Unit, ...]:
    """Special pieces and words in the order of the reading; a word carries the characters as typed."""
    special = [(place, piece) for place, piece in enumerate(reading.pieces) if piece.special]
    units = [Unit(word.text, word.part, False, word.pieces) for word in reading.words]
    units += [Unit(piece.piece, int(reading.types[place]), True, (place,)) for place, piece in special]
    return tuple(sorted(units, key=lambda unit: unit.pieces[0]))


def pieces(reading: Reading) -> tuple[Unit, ...]:
    """Every piece as the vocabulary spells it."""
    return tuple(
        Unit(piece.piece, int(reading.types[place]), piece.special, (place,))
        for place, piece in enumerate(reading.pieces)
    )


def merged(weights: np.ndarray, units: tuple[Unit, ...]) -> np.ndarray:
    """(..., T, T) between pieces as (..., n, n) between units that cover every piece once; rows keep their sum."""
    if all(len(unit.pieces) == 1 for unit in units):
        return weights
    member = np.zeros((weights.shape[-1], len(units)), dtype=weights.dtype)
    for number, unit in enumerate(units):
        member[list(unit.pieces), number] = 1
    mean: np.ndarray = member.T / member.sum(axis=0)[:, None]
    found: np.ndarray = mean @ (weights @ member)
    return found
