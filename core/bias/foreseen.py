"""What measuring will find of a list's words, before a model runs: found, lost, of several pieces, one with another.

Only the tokenizer is read, or the words of a table; the vectors' own modules (core/bias/vectors/) decide alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

from core.bias.common_names import COMMON
from core.bias.word_sets import WordTest

if TYPE_CHECKING:
    from core.bias.audited import Audited
    from core.inspection.reading import Piece


@dataclass(frozen=True)
class Foreseen:
    """A list under one kind of vector: `left` holds the words that have one, `lost` says by word why it has none.

    `pieces` holds the words of several pieces with these, `unknown` those that hold an unknown piece, `common` the
    names that the tokenizer does not tell from a common word.
    """

    kind: str
    test: WordTest
    left: WordTest
    lost: Mapping[str, str]
    pieces: Mapping[str, tuple[str, ...]]
    unknown: tuple[str, ...] = ()
    common: tuple[str, ...] = ()

    @property
    def empty(self) -> tuple[str, ...]:
        """Names of the sets that lose all of their words."""
        return tuple(one.name for one in self.left.sets if not one.words)

    @property
    def smallest(self) -> int | None:
        """How many partitions two target sets have, one over which is the least p; None for other numbers of sets."""
        sizes = [len(one) for one in self.left.targets]
        return comb(sum(sizes), sizes[0]) if len(sizes) == 2 and all(sizes) else None


def foreseen(audited: Audited, tests: Sequence[WordTest], kinds: Sequence[str]) -> tuple[Foreseen, ...]:
    """Every list under every kind of vector that the model has, lists first; UserProblem where it has no tokenizer."""
    words = tuple(dict.fromkeys(word for test in tests for word in test.words))
    if "static" in kinds:
        found = {word: audited.static.find(word) for word in words}
        lost = {word: "not in the vocabulary" for word, place in found.items() if place is None}
        return tuple(_one("static", test, lost, {}, (), ()) for test in tests)
    pieces = _pieces(audited, words)
    unknown = tuple(word for word, own in pieces.items() if any(piece.unknown for piece in own))
    common = _common(audited, words)
    split = {word: tuple(piece.piece for piece in own) for word, own in pieces.items() if len(own) > 1}
    return tuple(_one(kind, test, _lost(kind, pieces), split, unknown, common) for test in tests for kind in kinds)


def _one(
    kind: str, test: WordTest, lost: Mapping[str, str], pieces: Mapping[str, tuple[str, ...]],
    unknown: Sequence[str], common: Sequence[str],
) -> Foreseen:  # fmt: skip
    own = test.words
    mine = {word: lost[word] for word in own if word in lost}
    return Foreseen(
        kind, test, test.kept(word for word in own if word not in mine), mine,
        {word: pieces[word] for word in own if word in pieces},
        tuple(word for word in own if word in unknown), tuple(word for word in own if word in common),
    )  # fmt: skip


def _pieces(audited: Audited, words: Sequence[str]) -> dict[str, list[Piece]]:
    from core.inspection.reading import read_all

    subject = audited.subject
    readings = read_all(subject.tokenizer, words, max_length=subject.max_length)
    return {word: [one for one in read.pieces if not one.special] for word, read in zip(words, readings, strict=True)}


def _lost(kind: str, pieces: Mapping[str, Sequence[Piece]]) -> dict[str, str]:
    """Which words a kind of vector has none for, as far as the tokenizer decides it."""
    if kind == "sentence":
        return {}
    lost = {word: "dropped by the tokenizer" for word, own in pieces.items() if not own}
    if kind == "input_embedding":
        lost |= {word: f"{len(own)} pieces" for word, own in pieces.items() if len(own) > 1}
        lost |= {word: "unknown to the tokenizer" for word, own in pieces.items() if any(p.unknown for p in own)}
    return lost


def _common(audited: Audited, words: Sequence[str]) -> tuple[str, ...]:
    """Names that are common words too, where the tokenizer reads both alike."""
    given = [word for word in words if word in COMMON]
    low = _pieces(audited, [word.lower() for word in given]) if given else {}
    own = _pieces(audited, given) if given else {}
    return tuple(
        word for word in given if [one.id for one in own[word]] == [one.id for one in low[word.lower()]]
    )  # fmt: skip
