"""How far two methods agree on the words of one text: rank correlation, and how many of their top words are the same.

Spearman's rank correlation of the scores. Where one of the two has no sign, sizes are compared: a method that only says
"this word matters" cannot be blamed for not saying in which direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from core.inspection.attribution.result import Attribution

TOP = 5


@dataclass(frozen=True)
class Agreement:
    """Two methods: `rank` from -1 to 1 (None below 3 words or where one scores all alike), `shared` of `top` words."""

    first: str
    second: str
    rank: float | None
    shared: int
    top: int
    signed: bool


def agreements(found: Sequence[Attribution]) -> list[Agreement]:
    """Every pair of attributions of the same units."""
    return [agreement(one, other) for one, other in combinations(found, 2)]


def agreement(one: Attribution, other: Attribution) -> Agreement:
    """Compare two attributions; ValueError where they do not score the same units."""
    if one.units != other.units:
        raise ValueError("the two attributions score different units")
    signed = one.signed and other.signed
    first, second = (found.scores if signed else np.abs(found.scores) for found in (one, other))
    top = top_count(len(first))
    shared = len(set(_top(first, top)) & set(_top(second, top)))
    return Agreement(one.method, other.method, rank_correlation(first, second), shared, top, signed)


def rank_correlation(first: np.ndarray, second: np.ndarray) -> float | None:
    """Spearman's, ties at their mean rank; None where it is not defined."""
    from scipy.stats import spearmanr

    if len(first) < 3 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    return float(spearmanr(first, second).statistic)


def top_count(units: int) -> int:
    """How many top words are compared: five, or half of a short text, at least one."""
    return max(1, min(TOP, units // 2))


def _top(scores: np.ndarray, count: int) -> list[int]:
    return [int(place) for place in np.argsort(-scores, kind="stable")[:count]]
