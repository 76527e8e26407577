"""Sentences that differ in the attribute alone: own templates with the words of each pair, and rows with them swapped.

The templates were written for this product; rows are swapped by core.bias.counterfactual, pronouns by their role.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.bias.counterfactual.pairs import Rules, pairs
from core.bias.debiasing.pairs import pairs_of
from core.bias.inputs import Inputs
from core.bias.mitigation import Material

TEMPLATES = (
    "This is {}.", "That was {} again.", "Here is {}.", "We talked about {} today.", "I have read about {}.",
    "The story mentions {}.", "{} is the word that was used.", "Somebody wrote {} there.",
)  # fmt: skip


@dataclass(frozen=True)
class Concept:
    """Sentences of the first side and the same about the second; `families` (n,) keeps what belongs together."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    families: np.ndarray
    rows: int

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.first, *self.second)

    @property
    def sides(self) -> np.ndarray:
        """False for the first side, true for the second; in the order of `texts`."""
        return np.arange(2 * len(self.first)) >= len(self.first)

    @property
    def both(self) -> np.ndarray:
        """Families in the order of `texts`."""
        return np.tile(self.families, 2)

    @property
    def said(self) -> str:
        templates = len(self.first) - self.rows
        more = f" and {self.rows:,} training rows" if self.rows else ""
        return f"{templates:,} template sentences{more}, each with its swapped copy"


def concept(inputs: Inputs, material: Material, most: int, seed: int) -> Concept:
    """Templates with every pair, and at most `most` training rows that mention one side only."""
    words = pairs_of(inputs.words).pairs
    first = [template.format(pair[0]) for pair in words for template in TEMPLATES]
    second = [template.format(pair[1]) for pair in words for template in TEMPLATES]
    families = [number for number in range(len(words)) for _ in TEMPLATES]
    rows = _rows(inputs, material, most, seed) if most and material.data is not None else []
    for number, (a, b) in enumerate(rows, start=len(words)):
        first.append(a)
        second.append(b)
        families.append(number)
    return Concept(tuple(first), tuple(second), np.array(families), len(rows))


def _rows(inputs: Inputs, material: Material, most: int, seed: int) -> list[tuple[str, str]]:
    """(first side, second side) of rows drawn by the seed; a row with two texts is left out."""
    assert material.data is not None and inputs.words is not None  # noqa: S101 - the caller has looked
    train = material.data.train
    if train.pairs is not None:
        return []
    found: dict[int, tuple[str, str]] = {}
    for one in pairs(train.texts, None, inputs.words, Rules(most=1, seed=seed)).swaps:
        if one.start is not None and one.row not in found:
            ordered = (one.original[0], one.changed[0])
            found[one.row] = ordered if one.start == 0 else (ordered[1], ordered[0])
    chosen = np.random.default_rng(seed).permutation(sorted(found))[:most]
    return [found[int(row)] for row in sorted(chosen)]
