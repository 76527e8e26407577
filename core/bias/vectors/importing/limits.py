"""How much of a table is taken; the largest public ones (3 million words of 300 numbers) fit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Most words, numbers of a vector, bytes once unpacked, bytes of an .npz (read into memory), bytes of a word."""

    words: int = 5_000_000
    width: int = 8_192
    total: int = 16 << 30
    archive: int = 2 << 30
    word: int = 400


DEFAULT = Limits()
