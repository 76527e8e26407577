"""How much an effect size hangs on single words: attributes drawn anew, and each word left out in turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.bias.associations.resampling import bounds
from core.bias.associations.weat import effect_size, effect_sizes
from core.bias.word_sets import WordSet


@dataclass(frozen=True)
class Associations:
    """Cosines of target words (n, k) to A and (n, l) to B; the first `first` words are X's."""

    to_a: np.ndarray
    to_b: np.ndarray
    first: int

    @property
    def s(self) -> np.ndarray:
        """s (n,) of every target word."""
        return np.asarray(self.to_a.mean(axis=1) - self.to_b.mean(axis=1))

    def corners(self) -> np.ndarray:
        """The four means (2, 2) behind the difference: X and Y down, A and B across."""
        groups = (slice(None, self.first), slice(self.first, None))
        return np.array([[side[rows].mean() for side in (self.to_a, self.to_b)] for rows in groups])


def bootstrap(given: Associations, ddof: int, seed: int, count: int) -> tuple[float, float] | tuple[None, None]:
    """The middle 95 % of d where attribute words are drawn with replacement, A's and B's each among themselves."""
    if min(given.to_a.shape[1], given.to_b.shape[1]) < 2:
        return None, None
    rng = np.random.default_rng(seed)
    return bounds(effect_sizes(_drawn(given.to_a, rng, count) - _drawn(given.to_b, rng, count), given.first, ddof))


def _drawn(cosines: np.ndarray, rng: np.random.Generator, count: int) -> np.ndarray:
    size = cosines.shape[1]
    times = rng.multinomial(size, np.full(size, 1 / size), size=count)
    return np.asarray(times @ cosines.T / size)


def without_each(given: Associations, targets: Sequence[WordSet], attributes: Sequence[WordSet], ddof: int) -> (
    pd.DataFrame
):  # fmt: skip
    """A row a word: d without it, how far that moves d, and whether the sign turns; None where too few are left."""
    whole = effect_size(given.s, given.first, ddof)
    rows = []
    for place, (word, name) in enumerate((word, one.name) for one in targets for word in one.words):
        left = np.delete(given.s, place)
        rows.append((word, name, effect_size(left, given.first - (place < given.first), ddof)))
    for number, one in enumerate(attributes):
        for place, word in enumerate(one.words):
            sides = [given.to_a, given.to_b]
            sides[number] = np.delete(sides[number], place, axis=1)
            s = sides[0].mean(axis=1) - sides[1].mean(axis=1) if sides[number].shape[1] else np.zeros(len(given.s))
            rows.append((word, one.name, effect_size(s, given.first, ddof)))
    table = pd.DataFrame(rows, columns=["word", "set", "d without it"]).astype({"d without it": float})
    table["change of d"] = table["d without it"] - (float("nan") if whole is None else whole)
    turned = table["d without it"] * (0.0 if whole is None else whole) < 0
    table["sign turns"] = turned.map({True: "turns", False: ""})
    return table
