"""Relative norm distance: are neutral words nearer to the mean of one group or of the other?

Source: Garg, Schiebinger, Jurafsky and Zou 2018, PNAS 115:E3635; words are scaled to length one first, as they do.
distance: |m - v1| - |m - v2|; similarity: cos(m, v2) - cos(m, v1). In both a positive value means nearer to v2; with
cosines the sign is often printed the other way round.

The permutation test deals the target words to two groups of the same sizes and computes the same statistic: sums of
rows are one matrix product, so the vectors themselves are not touched again.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import comb

import numpy as np

from core.bias.associations.unit import unit
from core.bias.found import Chance
from core.bias.permutation import monte_carlo

EXACT = 50_000  # partitions that are all computed
CHUNK = 4_000_000  # numbers at a time
SAID = "two-sided, twice the smaller tail"


def differences(neutral: np.ndarray, first: np.ndarray, second: np.ndarray, similarity: bool) -> np.ndarray:
    """One value (m,) a neutral word: rows (m, d), (n1, d), (n2, d), all scaled to length one here."""
    m, groups = unit(neutral), [unit(rows).mean(axis=0) for rows in (first, second)]
    if similarity:
        towards = [m @ unit(group) for group in groups]
        return np.asarray(towards[1] - towards[0])
    away = [np.linalg.norm(m - group, axis=1) for group in groups]
    return np.asarray(away[0] - away[1])


def p_value(
    neutral: np.ndarray, first: np.ndarray, second: np.ndarray, similarity: bool, draws: int, seed: int,
    asked: Callable[[], object] = lambda: None,
) -> Chance:  # fmt: skip
    """How often target words dealt at random to groups of the same sizes are as far to one side as those seen."""
    rows, m, size = unit(np.vstack([first, second])), unit(neutral), len(first)
    inner, gram, total = rows @ m.T, rows @ rows.T, comb(len(rows), size)
    seen = float(_means(_members([range(size)], len(rows)), inner, gram, similarity)[0])
    slack = 1e-12 * max(1.0, abs(seen))
    upper = lower = count = 0
    exact = total <= EXACT
    for members in _listed(len(rows), size) if exact else _drawn(len(rows), size, draws, seed):
        asked()
        values = _means(members, inner, gram, similarity)
        upper += int((values >= seen - slack).sum())
        lower += int((values <= seen + slack).sum())
        count += len(values)
    reached = min(upper, lower)
    if exact:
        p, least = min(1.0, 2 * reached / total), min(1.0, 2 / total)
        return Chance(p, p, p, f"exact, all {total:,} partitions", SAID, "target words", min(least, p))
    one = monte_carlo.drawn(reached, count)
    p, low, high = (min(1.0, 2 * value) for value in (one.p, one.low, one.high))
    how = f"Monte Carlo, {count:,} partitions dealt with seed {seed}"
    return Chance(p, low, high, how, SAID, "target words", 2 / (count + 1), certain=False)


def _means(members: np.ndarray, inner: np.ndarray, gram: np.ndarray, similarity: bool) -> np.ndarray:
    """The mean difference (r,) for memberships (r, n) of the first group; inner (n, m), gram (n, n)."""
    sides = []
    for side in (members, 1.0 - members):
        share = side / side.sum(axis=1, keepdims=True)
        products, squares = share @ inner, np.maximum(((share @ gram) * share).sum(axis=1), 0.0)[:, None]
        length = np.where(squares > 0, np.sqrt(squares), 1.0)
        sides.append(-products / length if similarity else np.sqrt(np.maximum(1.0 - 2.0 * products + squares, 0.0)))
    return np.asarray((sides[0] - sides[1]).mean(axis=1))


def _members(groups: list[range] | list[tuple[int, ...]], size: int) -> np.ndarray:
    found = np.zeros((len(groups), size))
    for row, places in enumerate(groups):
        found[row, list(places)] = 1.0
    return found


def _listed(size: int, first: int) -> list[np.ndarray]:
    every = list(combinations(range(size), first))
    step = max(1, CHUNK // (size * 8))
    return [_members(every[start : start + step], size) for start in range(0, len(every), step)]


def _drawn(size: int, first: int, draws: int, seed: int) -> list[np.ndarray]:
    rng, found = np.random.default_rng(seed), []
    for start in range(0, draws, 1_000):
        keys = rng.random((min(1_000, draws - start), size))
        members = np.zeros(keys.shape)
        np.put_along_axis(members, np.argpartition(keys, first - 1, axis=1)[:, :first], 1.0, axis=1)
        found.append(members)
    return found
