"""What a comparison found, and how it goes into JSON and tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.evaluation.intervals import Interval
from core.inspection.before_after.common_words import CommonWord


@dataclass(frozen=True)
class BeforeAfter:
    """n words of some texts, and P pairs of layers: the same layer of both, or first and last where depths differ.

    `cka` (L + 1, M + 1); `same` the CKA of each pair and `chance` what shuffled words get. `overlap` (n, P) is the
    share of neighbours in common, `before` and `after` (n, P, k) number them. `shift` (n, P) is 1 - cosine of a word
    with itself, None where `why` says that it would mean nothing; `apart` (P,) that of two different words before.
    """

    texts: tuple[str, ...]
    words: tuple[CommonWord, ...]
    pairs: tuple[tuple[int, int], ...]
    cka: np.ndarray
    same: tuple[Interval, ...]
    chance: np.ndarray
    shift: np.ndarray | None
    shifts: tuple[Interval, ...]
    apart: np.ndarray
    why: str
    overlap: np.ndarray
    overlaps: tuple[Interval, ...]
    overlap_chance: float
    k: int
    before: np.ndarray
    after: np.ndarray
    computed: int
    notes: tuple[str, ...]

    @property
    def differing(self) -> tuple[CommonWord, ...]:
        """Words that the two models read differently."""
        return tuple(word for word in self.words if not word.alike)

    def moved(self, pair: int) -> np.ndarray:
        """Numbers of the words, most moved first: by shift where there is one, else by neighbours lost."""
        by = -self.shift[:, pair] if self.shift is not None else self.overlap[:, pair]
        return np.argsort(by, kind="stable")

    def name(self, pair: int) -> str:
        """A pair of layers in words."""
        first, second = self.pairs[pair]
        return str(first) if first == second else f"{first} and {second}"

    @property
    def layer_table(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Headers, and a row a pair of layers."""
        headers = (
            "layer_before", "layer_after", "cka", "cka_low", "cka_high", "cka_chance", "shift", "shift_low",
            "shift_high", "other_words", "neighbours", "neighbours_low", "neighbours_high", "neighbours_chance",
        )  # fmt: skip
        rows: list[tuple[object, ...]] = []
        for number, pair in enumerate(self.pairs):
            shift = self.shifts[number] if self.shifts else Interval(None)
            bounds = [(each.value, each.low, each.high) for each in (self.same[number], shift, self.overlaps[number])]
            rows.append(
                (*pair, *bounds[0], float(self.chance[number]), *bounds[1], float(self.apart[number]), *bounds[2],
                 self.overlap_chance)
            )  # fmt: skip
        return headers, rows

    def word_table(self, pair: int) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Headers, and a row a word at one pair of layers, most moved first."""
        headers = ("word", "shift", "neighbours", "nearest_before", "nearest_after", "pieces_before", "pieces_after",
                   "start", "text")  # fmt: skip
        return headers, [self._word(int(number), pair) for number in self.moved(pair)]

    def _word(self, number: int, pair: int) -> tuple[object, ...]:
        word = self.words[number]
        near = [self._counted(found[number, pair]) for found in (self.before, self.after)]
        shift = None if self.shift is None else float(self.shift[number, pair])
        return (
            word.occurrence.word, shift, float(self.overlap[number, pair]), *near, " ".join(word.before),
            " ".join(word.after), word.occurrence.start, word.occurrence.text,
        )  # fmt: skip

    def _counted(self, places: np.ndarray) -> str:
        """The words at some places, nearest first, each once with how often it is among them."""
        counts = Counter(self.words[int(place)].occurrence.word.casefold() for place in places)
        return ", ".join(word if times == 1 else f"{word} ×{times}" for word, times in counts.items())

    def to_json(self) -> dict[str, Any]:
        """Everything with full numbers; words as at the last pair of layers."""
        headers, rows = self.layer_table
        names, words = self.word_table(len(self.pairs) - 1)
        return {
            "texts": len(self.texts), "words": len(self.words), "cka": self.cka,
            "layers": [dict(zip(headers, row, strict=True)) for row in rows], "why_no_shift": self.why, "k": self.k,
            "moved": [dict(zip(names, row, strict=True)) for row in words], "read_differently": len(self.differing),
            "computed": self.computed, "notes": self.notes,
        }  # fmt: skip
