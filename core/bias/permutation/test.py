"""The permutation test between two groups: which way is taken to p, and what is said about it.

Null hypothesis: the labels X and Y are exchangeable. A partition deals n1 of the n values to X; every one of the
C(n, n1) partitions is equally likely. The statistic is mean(X) - mean(Y); WEAT's S and d rise with it, so that all
three have one p. The observed partition counts (>=), so that p > 0.
"""

from __future__ import annotations

from collections.abc import Callable
from math import comb, fsum, log10

import numpy as np

from core.bias.found import Chance
from core.bias.permutation import monte_carlo
from core.bias.permutation.tail import Tail
from core.errors import Stopped, UserProblem

ALTERNATIVES = ("greater", "less", "two-sided")
METHODS = ("auto", "exact", "bracket", "enumeration", "monte carlo")
SAID = {"two-sided": "two-sided, by |mean difference|"}
TOLERANCE = 1e-12  # of the largest value: sums in another order differ in the last bit
QUICK, MOST = 1 << 20, 36_000_000  # sums in one list: some 50 ms, and 0.3 GB
SMALL = 10_000_000  # partitions that are listed one by one, where that is asked for
Asked = Callable[[], object]


def chance(
    values: np.ndarray, first: int, *, alternative: str = "greater", unit: str = "words", method: str = "auto",
    draws: int = 100_000, seed: int = 0, strict: bool = False, should_stop: Asked = lambda: None,
) -> Chance:  # fmt: skip
    """p of the first `first` of `values` (n,) against the rest, one value a `unit`.

    `method`: "exact" counts all partitions wherever memory allows (to 50 values within seconds), "auto" where it takes
    some 50 ms; both fall back to "bracket", bounds that are certain, and say so. "monte carlo" deals `draws` partitions
    by `seed`. `strict` counts > instead of >=, as the paper prints it: 0 can then come out. Two-sided is by |mean
    difference|. UserProblem for an empty group and for a value that is no number.
    """
    values = checked(values, first, alternative, method)
    asked, total, said = raising(should_stop), comb(len(values), first), SAID.get(alternative, alternative)
    if np.ptp(values) <= TOLERANCE * np.abs(values).max():
        p = 0.0 if strict else 1.0
        return Chance(p, p, p, "exact, all values are equal", said, unit, 1.0)
    symmetric = alternative == "two-sided" and 2 * first == len(values)
    smallest = max((2 if symmetric else 1) / total, 5e-324)
    tails = _tails(values, first, alternative, strict)
    if method == "monte carlo":
        reached = monte_carlo.reached(tails[0].values, tails[0].k, draws, seed, _any(tails, alternative), asked)
        return dealt(reached, draws, seed, said, unit, smallest)
    low, high, how = _counted(tails, symmetric, method, asked)
    low = low if strict else max(low, smallest)
    high = max(high, low)  # the observed partition counts, even where the bound is too small for a float
    return Chance(high, low, high, how, said, unit, smallest)


def checked(values: np.ndarray, first: int, alternative: str, method: str) -> np.ndarray:
    """The values as float64 (n,)."""
    if alternative not in ALTERNATIVES:
        raise UserProblem(f"There is no alternative {alternative!r}.", f"There are: {', '.join(ALTERNATIVES)}.")
    if method not in METHODS:
        raise UserProblem(f"There is no way {method!r} to a p-value.", f"There are: {', '.join(METHODS)}.")
    given = np.asarray(values, dtype=np.float64)
    if not 0 < first < len(given):
        raise UserProblem(
            f"There are {max(first, 0)} and {max(len(given) - first, 0)} values to compare.",
            "Both groups need one.", "Add words to the group that has none.",
        )  # fmt: skip
    if not np.isfinite(given).all():
        raise UserProblem("A value is no number.", "Groups of numbers are compared.", "Look at the vectors.")
    return given


def raising(should_stop: Asked) -> Asked:
    """Ask, and end the work where the answer is yes."""

    def asked() -> None:
        if should_stop():
            raise Stopped

    return asked


def dealt(reached: int, draws: int, seed: int, said: str, unit: str, smallest: float) -> Chance:
    """A Monte Carlo p in words."""
    found = monte_carlo.drawn(reached, draws)
    how = f"Monte Carlo, {draws:,} partitions dealt with seed {seed}"
    return Chance(
        found.p, max(found.low, min(smallest, found.p)), found.high, how, said, unit, 1 / (draws + 1), certain=False
    )


def written(total: int) -> str:
    """A number of partitions that can be read."""
    if total < 10**15:
        return f"{total:,}"
    power = log10(total)
    return f"{10 ** (power % 1):.2f}e+{int(power)}"


def _tails(values: np.ndarray, first: int, alternative: str, strict: bool) -> tuple[Tail, ...]:
    """What has to be counted; the smaller group is the one that is dealt."""
    centred = values - fsum(values) / len(values)
    dealt_ones = centred if 2 * first <= len(values) else -centred
    k = min(first, len(values) - first)
    seen = fsum(centred[:first])
    slack = TOLERANCE * float(np.abs(values).max()) * (-1 if strict else 1)
    upper, lower = Tail(dealt_ones, k, seen - slack), Tail(-dealt_ones, k, -seen - slack)
    if alternative == "two-sided":
        return Tail(dealt_ones, k, abs(seen) - slack), Tail(-dealt_ones, k, abs(seen) - slack)
    return (upper,) if alternative == "greater" else (lower,)


def _counted(tails: tuple[Tail, ...], symmetric: bool, method: str, asked: Asked) -> tuple[float, float, str]:
    """Bounds of p, and how it was computed."""
    total, partitions = tails[0].total, written(tails[0].total)
    if len(tails) == 2 and tails[0].least <= 0:
        return 1.0, 1.0, f"exact, all {partitions} partitions"
    times, tails = (2, tails[:1]) if symmetric else (1, tails)  # a partition and its mirror lie on two sides
    if method == "enumeration" and total <= SMALL:
        p = times * sum(tail.listed() for tail in tails) / total
        return p, p, f"exact, all {partitions} partitions one by one"
    if method != "bracket":
        counts = [tail.count(QUICK if method == "auto" else MOST, asked) for tail in tails]
        known = [count for count in counts if count is not None]
        if len(known) == len(counts):
            p = times * sum(known) / total
            return p, p, f"exact, all {partitions} partitions"
    found = [tail.bracket() for tail in tails]
    low, high = (min(1.0, times * sum(bounds)) for bounds in zip(*((f.low, f.high) for f in found), strict=True))
    why = {"auto": ", too many to count at once", "bracket": ""}.get(method, ", too many to count in memory")
    return low, high, f"certified bracket over {partitions} partitions{why}"


def _any(tails: tuple[Tail, ...], alternative: str) -> Callable[[np.ndarray], np.ndarray]:
    """Whether a sum of dealt values lies in one of the tails."""
    sign = -1 if alternative == "less" else 1
    if len(tails) == 1:
        upper = tails[0].least
        return lambda sums: np.asarray(sums >= upper)
    return lambda sums: np.asarray(sign * np.abs(sums) >= tails[0].least)
