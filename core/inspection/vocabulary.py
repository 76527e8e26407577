"""Two models' vocabularies side by side: what they share, what only one has, and what each makes of the same texts.

A piece is compared by its characters and by whether it begins a word: "##ing" of WordPiece and "ing" behind a "Ġing" of
byte-pair encoding are the same piece in two spellings. Special and unused pieces are counted apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.inspection.pieces_per_word import Fertility, fertility
from core.pretraining.proof.paired import Paired, compare_sums
from core.progress import Report, ShouldStop, never, silent

EXAMPLES = 40
MARKS = ("##", "Ġ", "▁")  # WordPiece marks what goes on a word; byte-pair encoding and SentencePiece what begins one


@dataclass(frozen=True)
class Shared:
    """Sizes with all entries, `special` and `unused` ones; ordinary pieces in both, only in A, only in B (sorted)."""

    size: tuple[int, int]
    special: tuple[int, int]
    unused: tuple[int, int]
    both: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]

    @property
    def jaccard(self) -> float:
        """Shared ordinary pieces over all ordinary pieces of either (Jaccard 1912); 1 where neither has any."""
        total = len(self.both) + len(self.only_first) + len(self.only_second)
        return len(self.both) / total if total else 1.0


@dataclass(frozen=True)
class Measured:
    """Both tokenizers on the same texts, and second minus first with its interval; `same_words` where words agree."""

    first: Fertility
    second: Fertility
    difference: Paired
    same_words: bool


def shared(first: Any, second: Any) -> Shared:
    """Compare the entries of two tokenizers."""
    a, b = _entries(first), _entries(second)
    one, two = a.ordinary, b.ordinary
    return Shared(
        (a.size, b.size), (a.special, b.special), (a.unused, b.unused), _spelled(one.keys() & two.keys(), one),
        _spelled(one.keys() - two.keys(), one), _spelled(two.keys() - one.keys(), two),
    )  # fmt: skip


def examples(pieces: Sequence[str], most: int = EXAMPLES, seed: int = 0) -> tuple[str, ...]:
    """At most `most` of these pieces, drawn by seed, in their order."""
    if len(pieces) <= most:
        return tuple(pieces)
    places = np.random.default_rng(seed).choice(len(pieces), most, replace=False)
    return tuple(pieces[place] for place in sorted(places))


def measured(
    first: Any, second: Any, texts: Sequence[str], *, found: int | None = None, seed: int = 0,
    report: Report = silent, should_stop: ShouldStop = never,
) -> Measured:  # fmt: skip
    """Pieces per word of both; where their words differ, the difference is in pieces per 100 characters."""
    one, two = (
        fertility(each, texts, found=found, seed=seed, report=report, should_stop=should_stop)
        for each in (first, second)
    )
    same = np.array_equal(one.by_word.rows, two.by_word.rows) and np.array_equal(one.by_word.units, two.by_word.units)
    sums = (one.by_word, two.by_word) if same else (one.by_character, two.by_character)
    what = "pieces a word" if same else "pieces per 100 characters"
    return Measured(one, two, compare_sums(*sums, what=what, lower_is_better=True, seed=seed, things="texts"), same)


@dataclass(frozen=True)
class _Entries:
    size: int
    special: int
    unused: int
    ordinary: dict[tuple[str, bool], str]  # (characters, begins a word) -> as this vocabulary writes it


def _entries(tokenizer: Any) -> _Entries:
    known: dict[str, int] = tokenizer.get_vocab()
    numbers = set(tokenizer.all_special_ids)
    special = {piece for piece, number in known.items() if number in numbers}
    unused = {piece for piece in known.keys() - special if piece.startswith("[unused")}
    mark = max(MARKS, key=lambda each: sum(piece.startswith(each) for piece in known))
    ordinary = {_canonical(piece, mark): piece for piece in known.keys() - special - unused}
    return _Entries(len(known), len(special), len(unused), ordinary)


def _canonical(piece: str, mark: str) -> tuple[str, bool]:
    marked = piece.startswith(mark)
    bare = piece.removeprefix(mark)
    if mark == "Ġ":
        bare = _decoded(bare)
    return bare, marked != (mark == "##")


def _decoded(piece: str) -> str:
    """Byte-level spelling as the characters it stands for; as it is where its bytes are no whole characters."""
    from tokenizers.decoders import ByteLevel

    text = str(ByteLevel().decode([piece]))
    return piece if "\ufffd" in text else text


def _spelled(keys: Any, spelled: dict[tuple[str, bool], str]) -> tuple[str, ...]:
    return tuple(sorted(spelled[key] for key in keys))
