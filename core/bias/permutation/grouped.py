"""The permutation test where words are dealt and carry their sentences with them.

Sentences of one word are near copies, so that shuffling them one by one finds evidence that is not there. The statistic
stays the difference of the means over sentences. A partition deals the same number of words; where words have
different numbers of sentences, how many sentences X gets varies with it, and the sum that reaches the difference d
varies too: for centred values it is d N_X (N - N_X) / N.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from math import comb

import numpy as np

from core.bias.found import Chance
from core.bias.permutation import enumeration, monte_carlo
from core.bias.permutation.meet_in_the_middle import merged, pairs
from core.bias.permutation.test import MOST, QUICK, SAID, TOLERANCE, Asked, chance, checked, dealt, raising, written

Lists = dict[tuple[int, int], np.ndarray]  # (words, sentences) -> sums, rising
SMALL = 200_000  # partitions that are listed one by one
MATCHES = 400_000  # pairs of lists, some microseconds each


def group_chance(
    values: np.ndarray, groups: Sequence[Hashable], first_groups: Sequence[Hashable], *, alternative: str = "greater",
    unit: str = "words", method: str = "auto", draws: int = 100_000, seed: int = 0, strict: bool = False,
    should_stop: Asked = lambda: None,
) -> Chance:  # fmt: skip
    """p of the values (n,) of `first_groups` against the others; `groups` (n,) names each value's group, dealt whole.

    Exact wherever the partitions of groups can be counted; else, where groups differ in size, Monte Carlo by `seed`
    (the result says so). Settings and errors as `chance` has them.
    """
    names = list(dict.fromkeys((*first_groups, *groups)))
    place = {name: number for number, name in enumerate(names)}
    numbers = np.array([place[name] for name in groups], dtype=np.intp)
    first = len(set(first_groups))
    sizes = np.bincount(numbers, minlength=len(names))
    checked(sizes, first, alternative, method)
    given = checked(values, 1, alternative, method) if len(values) > 1 else np.asarray(values, dtype=np.float64)
    sums = np.bincount(numbers, weights=given - given.mean(), minlength=len(names))
    if len(set(sizes.tolist())) == 1:  # the difference of means is one of the words' own means
        means = np.bincount(numbers, weights=given, minlength=len(names)) / sizes[0]
        return chance(
            means, first, alternative=alternative, unit=unit, method=method, draws=draws, seed=seed, strict=strict,
            should_stop=should_stop,
        )  # fmt: skip
    scale = float(np.abs(given).max())
    return _unequal(sums, sizes, first, scale, alternative, unit, method, draws, seed, strict, raising(should_stop))


def _unequal(
    sums: np.ndarray, sizes: np.ndarray, first: int, scale: float, alternative: str, unit: str, method: str,
    draws: int, seed: int, strict: bool, asked: Asked,
) -> Chance:  # fmt: skip
    total, whole = comb(len(sums), first), int(sizes.sum())
    said, smallest = SAID.get(alternative, alternative), 1 / total

    def difference(dealt_sums: np.ndarray) -> np.ndarray:
        """Of (c, 2) sums and sizes dealt to X: the difference of the means."""
        own = dealt_sums[:, 1]
        return np.asarray(dealt_sums[:, 0] * whole / (own * (whole - own)))

    both = np.column_stack([sums, sizes])
    seen = float(difference(both[:first].sum(axis=0, keepdims=True))[0])
    slack = TOLERANCE * scale * (-1 if strict else 1)
    reaches = _reaching(alternative, seen, slack)
    constant = np.abs(sums).max() <= TOLERANCE * scale
    if constant or abs(seen) <= slack and alternative == "two-sided":
        p = 0.0 if strict else 1.0
        return Chance(p, p, p, f"exact, all {written(total)} partitions", said, unit, smallest)
    if method != "monte carlo":
        count = _counted(sums, sizes, first, alternative, seen, slack, QUICK if method == "auto" else MOST, asked)
        if count is None and total <= SMALL:
            count = sum(int(reaches(difference(part)).sum()) for part in enumeration.chosen_sums(both, first))
        if count is not None:
            p = count / total
            return Chance(p, p, p, f"exact, all {written(total)} partitions", said, unit, smallest)
    reached = monte_carlo.reached(both, first, draws, seed, lambda part: reaches(difference(part)), asked)
    return dealt(reached, draws, seed, said, unit, smallest)


def _reaching(alternative: str, seen: float, slack: float) -> Callable[[np.ndarray], np.ndarray]:
    if alternative == "two-sided":
        return lambda found: np.asarray(np.abs(found) >= abs(seen) - slack)
    if alternative == "less":
        return lambda found: np.asarray(found <= seen + slack)
    return lambda found: np.asarray(found >= seen - slack)


def _counted(
    sums: np.ndarray, sizes: np.ndarray, first: int, alternative: str, seen: float, slack: float, most: int,
    asked: Asked,
) -> int | None:  # fmt: skip
    """Partitions at least as far apart; None where there are too many sums or too many sizes."""
    signs = {"greater": (1,), "less": (-1,), "two-sided": (1, -1)}[alternative]
    fewer = 2 * first > len(sums)  # then Y is dealt: it has minus the sum, and the same N_X (N - N_X)
    k, found = (len(sums) - first if fewer else first), 0
    for sign in signs:
        least = (abs(seen) if len(signs) == 2 else sign * seen) - slack
        count = _reaching_sums(sums * (-sign if fewer else sign), sizes, k, least, most, asked)
        if count is None:
            return None
        found += count
    return found


def _reaching_sums(sums: np.ndarray, sizes: np.ndarray, k: int, least: float, most: int, asked: Asked) -> int | None:
    """Choices of k groups whose mean lies `least` above the others' mean."""
    halves = [_listed(-sums[start::2], sizes[start::2], k, most, asked) for start in (0, 1)]
    one, other = halves
    if one is None or other is None:
        return None
    matches = [(mine, yours) for mine in one for yours in other if mine[0] + yours[0] == k]
    if len(matches) > MATCHES:
        return None
    whole, found = int(sizes.sum()), 0
    for mine, yours in matches:
        own = mine[1] + yours[1]
        found += pairs(one[mine], other[yours], -least * own * (whole - own) / whole, asked)
    return found


def _listed(sums: np.ndarray, sizes: np.ndarray, k: int, most: int, asked: Asked) -> Lists | None:
    """Sums of all choices of at most k groups by (words, sentences); None beyond `most`."""
    lists: Lists = {(0, 0): np.zeros(1)}
    for value, size in zip(sums, sizes.tolist(), strict=True):
        asked()
        for words, sentences in sorted(lists, reverse=True):  # the largest first, so that no group counts twice
            if words < k:
                key = (words + 1, sentences + size)
                lists[key] = merged(lists.get(key, np.zeros(0)), lists[words, sentences] + value)
        if sum(map(len, lists.values())) > most:
            return None
    return lists
