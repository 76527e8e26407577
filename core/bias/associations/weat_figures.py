"""The figures beside a WEAT's effect size: the difference itself, other ways to standardise it, and chance."""

from __future__ import annotations

import numpy as np

from core.bias.associations.weat import dealt, effect_size, score, within_groups
from core.bias.found import Chance, Figure
from core.bias.word_sets import LEAST

DEALT = 10_000  # random deals behind the band of d without any difference
BAND = 95
CONSTANT = "Every target word has the same association, so that there is no spread to measure the difference by."
FEW = f"Needs {LEAST} words a side."


def further(s: np.ndarray, first: int, ddof: int, both: Chance | None, seed: int) -> tuple[Figure, ...]:
    """Of associations s (n,), the first `first` of which are X's; `both` is the two-sided test, where there is one."""
    n, few = len(s), min(first, len(s) - first) < LEAST
    difference = float(s[:first].mean() - s[first:].mean())
    return (
        Figure("difference", "Difference of mean associations", difference, 0.0, n=n, of="target words", least=-4.0,
               most=4.0, note="In cosines: mean of s over the first target less the mean over the second."),
        _within(s, first, few),
        Figure("other_ddof", f"Effect size with ddof {1 - ddof}", None if few else effect_size(s, first, 1 - ddof), 0.0,
               n=n, of="target words", note=FEW if few else CONSTANT if not np.ptp(s) else "For comparison."),
        Figure("score", "Score S", score(s, first), 0.0, n=n, of="target words",
               note="A sum: it grows with the number of words."),
        _both(both, n, few),
        _by_chance(s, first, seed, few),
    )  # fmt: skip


def _within(s: np.ndarray, first: int, few: bool) -> Figure:
    value = None if few else within_groups(s, first)
    note = (
        "In standard deviations inside the groups, without a bound; the effect size is over both groups together."
        if value is not None else FEW if few else "The associations do not vary inside the groups."
    )  # fmt: skip
    return Figure(
        "within_groups", "Cohen's d, within groups", value, 0.0, n=len(s), of="target words", note=note
    )  # fmt: skip


def _both(both: Chance | None, n: int, few: bool) -> Figure:
    if both is None:
        return Figure("two_sided", "p, two-sided", None, note=FEW if few else CONSTANT, n=n, of="target words")
    kind = "certain bounds" if both.certain else "95 % Clopper and Pearson"
    return Figure(
        "two_sided", "p, two-sided", both.p, None, both.low, both.high, kind, n, "target words",
        "By |difference of means|.", both, 0.0, 1.0,
    )  # fmt: skip


def _by_chance(s: np.ndarray, first: int, seed: int, few: bool) -> Figure:
    title = f"|d| that {BAND} % of random deals stay under"
    sizes = np.abs(dealt(s, first, seed, DEALT))
    if few or not np.isfinite(sizes).all():
        return Figure("by_chance", title, None, note=FEW if few else CONSTANT, n=len(s), of="target words")
    return Figure(
        "by_chance", title, float(np.percentile(sizes, BAND)), None, n=DEALT, of="random deals", least=0.0,
        note="The same words dealt at random to groups of the same sizes: such a size comes from chance alone.",
    )  # fmt: skip
