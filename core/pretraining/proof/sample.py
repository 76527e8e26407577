"""A seeded sample of a stream, the same every time, in memory that does not grow with it (Vitter 1985, algorithm R)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import numpy as np

from core.errors import UserProblem

T = TypeVar("T")


def reservoir(items: Iterable[T], most: int, seed: int) -> list[T]:
    """At most `most` items, every one with the same chance, in random order."""
    rng = np.random.default_rng(seed)
    held: list[T] = []
    for place, item in enumerate(items):
        if len(held) < most:
            held.append(item)
        elif (chosen := int(rng.integers(0, place + 1))) < most:
            held[chosen] = item
    return [held[place] for place in rng.permutation(len(held))]


def sampled_sentences(sentences: Iterable[str], most: int, seed: int) -> list[str]:
    """At most `most` sentences that are not blank; UserProblem where there is none."""
    found = reservoir((sentence for sentence in sentences if sentence.strip()), most, seed)
    if not found:
        raise UserProblem("There are no sentences to measure on.", "At least one sentence with a word was wanted.")
    return found
