"""Every partition one after another, in chunks: the plain way, for small groups and to check the others by."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, islice

import numpy as np

CHUNK = 100_000


def chosen_sums(values: np.ndarray, k: int, chunk: int = CHUNK) -> Iterator[np.ndarray]:
    """The sums of `values` (n,) or (n, m) over every choice of k of the n, in chunks (c,) or (c, m)."""
    choices = combinations(range(len(values)), k)
    while part := list(islice(choices, chunk)):
        places = np.fromiter(chain.from_iterable(part), dtype=np.intp, count=k * len(part)).reshape(-1, k)
        yield values[places].sum(axis=1)


def count(values: np.ndarray, k: int, least: float) -> int:
    """How many choices of k of the values have a sum of `least` or above."""
    return sum(int((sums >= least).sum()) for sums in chosen_sums(values, k))
