"""Pairs by position: word k of the first set with word k of the second; a pair that lacks a word is left out by
name."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from itertools import zip_longest

from core.bias.word_sets import WordSet

TOLD = 8


@dataclass(frozen=True)
class Pairs:
    """Word pairs in order, each once; `notes` name what was left out and why."""

    kept: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def paired(first: WordSet, second: WordSet, known: Container[str]) -> Pairs:
    """Pairs of which both words are in `known`. The sets are as they were given: nothing may be dropped before."""
    every = dict.fromkeys(
        (left.strip(), right.strip()) for left, right in zip_longest(first.words, second.words, fillvalue="")
    )
    kept, alone, missing = [], [], []
    for left, right in every:
        if left and right and left in known and right in known:
            kept.append((left, right))
        elif left and right:
            missing.append(f"{left} – {right}")
        elif left or right:
            alone.append(left or right)
    notes = _note(missing, "Pairs left out, because a word has no vector: {}.")
    notes += _note(alone, "Without a partner at the same place in the other set, and left out: {}.")
    if len(every) < max(len(first), len(second)):
        notes.append("A pair that stood there more than once counts once.")
    return Pairs(tuple(kept), tuple(notes))


def _note(words: list[str], sentence: str) -> list[str]:
    more = f" and {len(words) - TOLD} more" if len(words) > TOLD else ""
    return [sentence.format(", ".join(words[:TOLD]) + more)] if words else []
