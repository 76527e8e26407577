"""Pieces of single words: what a tokenizer makes of each, and whether its small-letter form reads the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.inspection.reading import Reading, read_all


@dataclass(frozen=True)
class Cut:
    """A word's `pieces`; `unknown` where one of them is [UNK], `merged` where its form in small letters reads the same.

    A word that the tokenizer drops has no piece.
    """

    word: str
    pieces: tuple[str, ...]
    unknown: bool
    merged: bool

    @property
    def lost(self) -> bool:
        """Whether nothing of the word, or only the sign for the unknown, reaches the model."""
        return not self.pieces or self.unknown


def cut(tokenizer: Any, words: Sequence[str], max_length: int) -> tuple[Cut, ...]:
    """Read all words in bulk, each alone as a text, beside their forms in small letters."""
    lowered = [word.lower() for word in words]
    readings = read_all(tokenizer, [*words, *lowered], max_length=max_length)
    both = zip(words, readings[: len(words)], readings[len(words) :], strict=True)
    return tuple(
        Cut(word, _names(as_is), any(p.unknown for p in as_is.pieces), word != word.lower() and _same(as_is, low))
        for word, as_is, low in both
    )


def _names(reading: Reading) -> tuple[str, ...]:
    return tuple(piece.piece for piece in reading.pieces if not piece.special)


def _same(one: Reading, other: Reading) -> bool:
    return one.ids.tolist() == other.ids.tolist() and bool(_names(one))
