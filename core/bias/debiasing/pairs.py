"""Definitional pairs: the n-th word of the first set and the n-th word of the second differ in the attribute alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from core.bias.word_sets import WordTest
from core.errors import UserProblem


@dataclass(frozen=True)
class Pairs:
    """Pairs in order, the names of the two sides, and a sentence for each pair that was dropped."""

    sides: tuple[str, str]
    pairs: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for pair in self.pairs for word in pair))

    def known(self, words: Collection[str]) -> Pairs:
        """The pairs of which both words are known; UserProblem where none is left."""
        kept = tuple(pair for pair in self.pairs if pair[0] in words and pair[1] in words)
        if not kept:
            raise UserProblem(
                "The model has a vector for both words of none of the pairs.",
                f"The pairs are: {_said(self.pairs[:5])}.", "Name pairs of words that the model knows.",
            )  # fmt: skip
        dropped = tuple(pair for pair in self.pairs if pair not in kept)
        notes = (f"No vector for both words of {_said(dropped)}; these pairs were left out.",) if dropped else ()
        return Pairs(self.sides, kept, (*self.notes, *notes))


def pairs_of(test: WordTest | None) -> Pairs:
    """The aligned pairs of a list; UserProblem where there are not two target sets of equal size."""
    if test is None or len(test.targets) != 2 or len(test.targets[0]) != len(test.targets[1]) or not test.targets[0]:
        sizes = "nothing" if test is None else ", ".join(f"{one.name} {len(one)}" for one in test.targets)
        raise UserProblem(
            f"The pairs cannot be read off: {sizes or 'no targets'}.",
            "Two target sets are wanted, as long as each other, the n-th words of which are a pair.", "Mend the list.",
        )  # fmt: skip
    first, second = test.targets
    given = tuple((a.strip(), b.strip()) for a, b in zip(first.words, second.words, strict=True))
    kept = tuple(dict.fromkeys(pair for pair in given if pair[0] and pair[1] and pair[0] != pair[1]))
    if not kept:
        raise UserProblem("No pair has two different words.", "At least one such pair is wanted.", "Mend the list.")
    same = tuple(pair for pair in given if pair not in kept)
    return Pairs((first.name, second.name), kept, (f"{_said(same)}: no pair of two words.",) if same else ())


def _said(pairs: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{a} / {b}" for a, b in pairs)
