"""Where the words are in WordPiece ids: a piece without ## begins a word, pieces with ## go on with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

PREFIX = "##"


@dataclass(frozen=True)
class Words:
    """A tokenizer's pieces by number: `names`, and by number (V,) bool whether it `goes_on` or is `special`."""

    names: Sequence[str]
    goes_on: np.ndarray
    special: np.ndarray

    @classmethod
    def of(cls, tokenizer: Any) -> Words:
        """The words of a WordPiece tokenizer; [UNK] counts as special, because nothing is known of it."""
        known = tokenizer.get_vocab()
        names = [""] * (max(known.values()) + 1)
        for piece, number in known.items():
            names[number] = piece
        special = np.zeros(len(names), dtype=bool)
        special[tokenizer.all_special_ids] = True
        return cls(names, np.array([name.startswith(PREFIX) for name in names]), special)

    def spans(self, ids: np.ndarray) -> list[tuple[int, int]]:
        """First piece and the one behind the last of every word, special pieces as words of their own but the ends."""
        starts = np.flatnonzero(~self.goes_on[ids])
        ends = np.append(starts[1:], len(ids))
        return list(zip(starts.tolist(), ends.tolist(), strict=True))[1:-1]

    def text(self, ids: np.ndarray, span: tuple[int, int]) -> str:
        """A word as the tokenizer normalised it; "" for a special piece."""
        chosen = ids[span[0] : span[1]]
        return "" if self.special[chosen].any() else "".join(self.names[i].removeprefix(PREFIX) for i in chosen)
