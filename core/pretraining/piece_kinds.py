"""Which pieces of a vocabulary are special, which go on a word, and which may stand in for another.

Left out as random replacements are special pieces, [unused..] pieces and ids that no piece has: the reference draws
from all of them, but a stray [SEP] breaks a sequence, and a piece that no text holds teaches nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.errors import UserProblem

CONTINUES = "##"


@dataclass(frozen=True)
class PieceKinds:
    """Ids of special pieces; `ordinary` (n,) int64 ids; `continues` (V,) bool: the piece goes on a word."""

    cls: int
    sep: int
    pad: int
    mask: int
    ordinary: np.ndarray
    continues: np.ndarray


def piece_kinds(tokenizer: Any) -> PieceKinds:
    """The kinds of a BERT tokenizer's pieces; UserProblem where it lacks a special piece."""
    ids = {kind: getattr(tokenizer, f"{kind}_token_id") for kind in ("cls", "sep", "pad", "mask")}
    missing = [f"[{kind.upper()}]" for kind, number in ids.items() if number is None]
    if missing:
        raise UserProblem(f"The tokenizer has no {', '.join(missing)}.", "Pre-training wants the tokenizer of a BERT.")
    vocabulary: dict[str, int] = tokenizer.get_vocab()
    special = set(tokenizer.all_special_ids)
    continues = np.zeros(max(vocabulary.values()) + 1, dtype=bool)
    continues[[number for piece, number in vocabulary.items() if piece.startswith(CONTINUES)]] = True
    ordinary = sorted(
        number for piece, number in vocabulary.items() if number not in special and not piece.startswith("[unused")
    )
    return PieceKinds(**ids, ordinary=np.array(ordinary, dtype=np.int64), continues=continues)
