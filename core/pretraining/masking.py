"""Which positions are masked, and by what: many sequences at a time, a pure function of a generator's seed.

Source: Devlin et al. 2019, section 3.1 and appendix A.1; google-research/bert, create_masked_lm_predictions. Of all
pieces of a sequence, special ones included, round(15 %) are chosen (half to even, as the reference's round), at least
one, never [CLS], [SEP] or [PAD]; of the chosen 80 % become [MASK], 10 % a random piece, 10 % stay.

Unlike the reference: no cap of 20 unless asked, random pieces are ordinary ones (core/pretraining/piece_kinds.py), and
with whole words a ## piece behind [CLS] or [SEP] is a word of its own, and one word is masked even if it is too long.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.errors import UserProblem
from core.pretraining.piece_kinds import PieceKinds

IGNORED = -100
UNCHOSEN, MASKED, RANDOM, KEPT = 0, 1, 2, 3
FATES = ("not chosen", "masked", "random", "kept")


@dataclass(frozen=True)
class Masking:
    """`share` of all pieces is chosen, at most `cap` a sequence; of these `mask_share` and `random_share` change.

    `static` masks are the same in every epoch, and so are the sequences; otherwise both are drawn anew.
    """

    share: float = 0.15
    cap: int | None = None
    mask_share: float = 0.8
    random_share: float = 0.1
    whole_words: bool = False
    static: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.share < 1 or (self.cap is not None and self.cap < 1):
            raise UserProblem(
                f"The masked share is {self.share} and its cap {self.cap}.",
                "A share between 0 and 1 and a cap of at least 1 are wanted.",
            )
        if min(self.mask_share, self.random_share) < 0 or self.mask_share + self.random_share > 1:
            raise UserProblem("The shares of [MASK] and random pieces must be at least 0 and at most 1 together.")


@dataclass(frozen=True)
class Masked:
    """`ids` (M,) int32 with masks, `labels` (M,) int32 (the original where chosen, else -100), `fates` (M,) int8."""

    ids: np.ndarray
    labels: np.ndarray
    fates: np.ndarray


def mask(ids: np.ndarray, starts: np.ndarray, kinds: PieceKinds, masking: Masking, rng: np.random.Generator) -> Masked:
    """Mask n sequences that lie one behind the other: ids (M,), sequence i from `starts[i]` to `starts[i + 1]`."""
    lengths = np.diff(starts)
    candidate = (ids != kinds.cls) & (ids != kinds.sep) & (ids != kinds.pad)
    wanted = budget(lengths, masking)
    if masking.whole_words:
        chosen = _whole_words(ids, starts, candidate, wanted, kinds, rng)
    else:
        chosen = _pieces(starts, candidate, wanted, rng)
    return _replaced(ids, np.flatnonzero(chosen), kinds, masking, rng)


def budget(lengths: np.ndarray, masking: Masking) -> np.ndarray:
    """How many positions (n,) are chosen in sequences of these lengths (n,), special pieces included."""
    wanted = np.maximum(1, np.rint(lengths * masking.share).astype(np.int64))
    return np.asarray(wanted if masking.cap is None else np.minimum(wanted, masking.cap))


def _pieces(starts: np.ndarray, candidate: np.ndarray, wanted: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Shuffle every sequence, candidates first, and take the first `wanted`."""
    lengths = np.diff(starts)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    drawn = np.where(candidate, rng.random(len(candidate)), 2.0)
    order = np.lexsort((drawn, rows))
    rank = np.arange(len(order)) - np.repeat(starts[:-1], lengths)
    chosen = np.zeros(len(candidate), dtype=bool)
    chosen[order] = rank < wanted[rows]
    return np.asarray(chosen & candidate)


def _whole_words(
    ids: np.ndarray,
    starts: np.ndarray,
    candidate: np.ndarray,
    wanted: np.ndarray,
    kinds: PieceKinds,
    rng: np.random.Generator,
) -> np.ndarray:
    """Shuffle the words of every sequence, and take each that still fits, as the reference does."""
    begin = _begin(ids, starts, candidate, kinds)
    words = np.maximum(np.cumsum(begin) - 1, 0)  # (M,) special pieces carry the word before
    sizes, firsts = np.bincount(words[candidate]), np.flatnonzero(begin)
    rows = np.searchsorted(starts, firsts, side="right") - 1
    order = np.lexsort((rng.random(len(firsts)), rows))
    counts = np.bincount(rows, minlength=len(starts) - 1)
    taken = np.zeros(len(firsts), dtype=bool)
    begins, left = np.cumsum(counts) - counts, wanted.copy()
    for turn in range(int(counts.max(initial=0))):
        going = np.flatnonzero((counts > turn) & (left > 0))
        word = order[begins[going] + turn]
        fits = sizes[word] <= left[going]
        taken[word[fits]] = True
        left[going[fits]] -= sizes[word[fits]]
    taken[_shortest_of_rows_without(taken, rows, order, sizes)] = True
    return np.asarray(candidate & taken[words])


def _begin(ids: np.ndarray, starts: np.ndarray, candidate: np.ndarray, kinds: PieceKinds) -> np.ndarray:
    """Where (M,) bool a word begins: at a piece without ##, behind a special piece, and with a sequence."""
    begins = candidate & ~kinds.continues[ids]
    begins[1:] |= candidate[1:] & ~candidate[:-1]
    begins[starts[:-1]] |= candidate[starts[:-1]]
    return np.asarray(begins)


def _shortest_of_rows_without(taken: np.ndarray, rows: np.ndarray, order: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """For every sequence in which no word fits: its shortest word, the first drawn among equals."""
    empty = np.bincount(rows, weights=taken) == 0 if len(rows) else np.zeros(0, dtype=bool)
    words = order[empty[rows[order]]]
    words = words[np.lexsort((sizes[words], rows[words]))]
    return np.asarray(words[np.diff(rows[words], prepend=-1) != 0])


def _replaced(
    ids: np.ndarray, chosen: np.ndarray, kinds: PieceKinds, masking: Masking, rng: np.random.Generator
) -> Masked:
    drawn = rng.random(len(chosen))
    others = kinds.ordinary[rng.integers(len(kinds.ordinary), size=len(chosen))]
    masked, random = drawn < masking.mask_share, drawn < masking.mask_share + masking.random_share
    fate = np.where(masked, MASKED, np.where(random, RANDOM, KEPT))
    new, labels, fates = ids.copy(), np.full_like(ids, IGNORED), np.zeros(len(ids), dtype=np.int8)
    new[chosen] = np.where(masked, kinds.mask, np.where(random, others, ids[chosen]))
    labels[chosen], fates[chosen] = ids[chosen], fate
    return Masked(new, labels, fates)
