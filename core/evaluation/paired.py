"""Whether one of two models is better on the same rows, or whether the rows cannot tell.

Both are judged on the same resamples, so the interval is that of the difference (Efron and Tibshirani 1993; Koehn
2004). Beside it the exact McNemar test of the rows on which exactly one of the two is right (McNemar 1947). The
verdict names a winner only where the interval of the headline leaves zero out; otherwise it says "cannot tell". Where
fewer than `FEW` rows tell the two apart, resampling is too sure of itself, and the exact test must agree (p <= 0.05).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.stats import binomtest

from core.errors import UserProblem
from core.evaluation.decisions import Decided
from core.evaluation.intervals import Interval, percentile_interval, resamples
from core.evaluation.scores import HEADLINE, resampled

FEW = 25
SIGNIFICANT = 0.05
_COMPARED = ("f1_macro", "accuracy", "f1_micro", "f1_weighted")


@dataclass(frozen=True)
class Judged:
    """One model's predictions: `evaluation_hash` names the rows and metric code; rows in any order, told by id (n,)."""

    name: str
    evaluation_hash: str
    row_ids: np.ndarray
    decided: Decided


@dataclass(frozen=True)
class McNemar:
    """Rows on which only a, or only b, is right, and the exact two-sided p of such a split by chance."""

    only_a: int
    only_b: int
    p: float


@dataclass(frozen=True)
class Comparison:
    """Model a minus model b: differences with intervals, McNemar, a sentence; `winner` is "" inside the noise."""

    a: str
    b: str
    rows: int
    differences: dict[str, Interval]
    mcnemar: McNemar
    winner: str
    verdict: str
    seed: int

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "differences": {name: item.to_json() for name, item in self.differences.items()}}


def compare(a: Judged, b: Judged, *, seed: int = 0) -> Comparison:
    """Compare two models on the same rows; raises UserProblem where rows, targets or metric code differ."""
    first, second = _aligned(a, b)
    draws = [_difference(first, second, part) for part in resamples(len(first.targets), seed=seed)]
    values = _difference(first, second, np.ones((1, len(first.targets)), np.float32))
    differences = {
        name: percentile_interval(values[name][0], np.concatenate([draw[name] for draw in draws])) for name in _COMPARED
    }
    test = mcnemar(first.right, second.right)
    winner = _winner(a, b, differences[HEADLINE], test)
    verdict = _verdict(a, b, len(first.targets), differences[HEADLINE], test, winner)
    return Comparison(a.name, b.name, len(first.targets), differences, test, winner, verdict, seed)


def mcnemar(right_a: np.ndarray, right_b: np.ndarray) -> McNemar:
    """Test whether the rows (n,) bool that only one got right split as a fair coin would: exact, two-sided."""
    only_a, only_b = int((right_a & ~right_b).sum()), int((right_b & ~right_a).sum())
    p = float(binomtest(only_a, only_a + only_b).pvalue) if only_a + only_b else 1.0
    return McNemar(only_a, only_b, p)


def _difference(a: Decided, b: Decided, weights: np.ndarray) -> dict[str, np.ndarray]:
    first, second = resampled(a, weights), resampled(b, weights)
    return {name: first[name] - second[name] for name in _COMPARED}


def _aligned(a: Judged, b: Judged) -> tuple[Decided, Decided]:
    if a.evaluation_hash != b.evaluation_hash:
        raise UserProblem(
            f"{a.name} and {b.name} were not scored on the same rows with the same metric code.",
            "Only scores of the same rows can be compared.",
            "Evaluate both models on the same dataset version and split, then compare again.",
        )
    orders = np.argsort(a.row_ids, kind="stable"), np.argsort(b.row_ids, kind="stable")
    first, second = _sorted(a.decided, orders[0]), _sorted(b.decided, orders[1])
    same_ids = np.array_equal(a.row_ids[orders[0]], b.row_ids[orders[1]])
    if not same_ids or not np.array_equal(first.targets, second.targets):
        raise UserProblem(
            f"The stored predictions of {a.name} and {b.name} do not hold the same rows and labels.",
            "Both must cover the same rows.",
            "Evaluate both models again, then compare.",
        )
    return first, second


def _sorted(decided: Decided, order: np.ndarray) -> Decided:
    return Decided(decided.targets[order], decided.predictions[order], decided.classes)


def _winner(a: Judged, b: Judged, difference: Interval, test: McNemar) -> str:
    if difference.low is None or difference.high is None or difference.low <= 0 <= difference.high:
        return ""
    if test.only_a + test.only_b < FEW and test.p > SIGNIFICANT:
        return ""
    return a.name if difference.low > 0 else b.name


def _verdict(a: Judged, b: Judged, rows: int, difference: Interval, test: McNemar, winner: str) -> str:
    bounds = f"95 % interval {difference.low:+.3f} to {difference.high:+.3f}, {rows:,} rows, McNemar p = {test.p:.3g}"
    if not winner:
        return (
            f"These rows cannot tell {a.name} and {b.name} apart: "
            f"macro-F1 differs by {difference.value:+.3f} ({bounds})."
        )
    loser = b.name if winner == a.name else a.name
    return f"{winner} is better than {loser}: macro-F1 differs by {difference.value:+.3f} ({bounds})."
