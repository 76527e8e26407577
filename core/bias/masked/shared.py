"""What two sentences share, by pieces: the rule of Nangia et al. 2020, difflib's longest matching blocks over ids.

U: positions of shared pieces, as many in the one as in the other. M: the others. [CLS] and [SEP] belong to neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from core.bias.masked.pairs import LeftOut, Pair


@dataclass(frozen=True)
class Side:
    """A sentence as pieces: its `ids` with special pieces, positions of `shared` and of `modified` ones."""

    ids: tuple[int, ...]
    shared: tuple[int, ...]
    modified: tuple[int, ...]

    @property
    def content(self) -> tuple[int, ...]:
        """Positions of every piece that is not special."""
        return tuple(sorted((*self.shared, *self.modified)))


@dataclass(frozen=True)
class Read:
    """A pair as the model reads it."""

    pair: Pair
    more: Side
    less: Side


def read(tokenizer: Any, given: Sequence[Pair]) -> tuple[list[Read], list[LeftOut]]:
    """Pairs as pieces; left out: a sentence longer than the model's input, and pairs that share no piece."""
    texts = list(dict.fromkeys(text for pair in given for text in (pair.more, pair.less)))
    pieces = dict(zip(texts, pieces_of(tokenizer, texts), strict=True))
    found, lost = [], []
    for pair in given:
        more, less = pieces[pair.more], pieces[pair.less]
        if more is None or less is None:
            longest = int(tokenizer.model_max_length)
            lost.append(LeftOut(pair.number, f"A sentence is longer than the {longest} pieces that the model reads."))
            continue
        sides = compared(*more, *less)
        if not sides[0].shared:
            lost.append(LeftOut(pair.number, "The two sentences share no piece, so nothing can be compared."))
            continue
        found.append(Read(pair, *sides))
    return found, lost


def pieces_of(tokenizer: Any, texts: Sequence[str]) -> list[tuple[tuple[int, ...], tuple[bool, ...]] | None]:
    """Ids of each text, and which of them are special; None for a text that is cut."""
    from core.encoding.tokenizing import encodings

    found = encodings(tokenizer, texts, max_length=int(tokenizer.model_max_length))
    return [
        None if one.overflowing else (tuple(one.ids), tuple(map(bool, one.special_tokens_mask))) for one in found
    ]  # fmt: skip


def compared(
    first: tuple[int, ...], first_special: Sequence[bool], second: tuple[int, ...], second_special: Sequence[bool]
) -> tuple[Side, Side]:
    """Both sides with what they share."""
    blocks = SequenceMatcher(None, first, second).get_matching_blocks()
    same = [(block.a + i, block.b + i) for block in blocks for i in range(block.size)]
    same = [(i, j) for i, j in same if not first_special[i] and not second_special[j]]
    return (
        _side(first, first_special, tuple(i for i, _ in same)),
        _side(second, second_special, tuple(j for _, j in same)),
    )


def _side(ids: tuple[int, ...], special: Sequence[bool], shared: tuple[int, ...]) -> Side:
    have = set(shared)
    rest = tuple(place for place in range(len(ids)) if not special[place] and place not in have)
    return Side(ids, shared, rest)
