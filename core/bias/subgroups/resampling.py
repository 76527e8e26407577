"""How sure differences between groups are: rows resampled for intervals, groups dealt anew for chance.

Dealing is done within each true label: under equalised odds a decision depends on the group only through the label, so
that groups may then be exchanged. The largest difference is never below 0, and few rows alone make it grow; chance says
how large it grows without any bias.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import beta

from core.bias.found import Chance
from core.errors import Stopped
from core.evaluation.intervals import resamples
from core.progress import Progress, Report, ShouldStop


def gaps(decided: np.ndarray, target: np.ndarray, member: np.ndarray, weights: np.ndarray, least: int) -> np.ndarray:
    """(r, 3): differences of selection rate, TPR and FPR, for weights (r, n); NaN under two groups of `least` rows.

    decided, target (n,) bool; member (n, G) bool.
    """
    parts = (np.ones(len(target), dtype=bool), target, ~target)
    found = np.full((len(weights), len(parts)), np.nan)
    for place, part in enumerate(parts):
        enough = (member & part[:, None]).sum(axis=0) >= max(least, 1)
        if enough.sum() < 2:
            continue
        groups = member[:, enough].astype(np.float64)
        with np.errstate(invalid="ignore", divide="ignore"):
            rates = ((weights * (part & decided)) @ groups) / ((weights * part) @ groups)
        found[:, place] = _spread(rates)
    return found


def interval(
    decided: np.ndarray, target: np.ndarray, member: np.ndarray, least: int, *, seed: int, count: int
) -> np.ndarray:
    """(4, 2): 95 % bounds of the differences of `gaps` and of the larger of TPR and FPR; NaN where there is none."""
    drawn = [
        gaps(decided, target, member, weights, least) for weights in resamples(len(target), seed=seed, count=count)
    ]
    joined = np.concatenate(drawn)
    whole = np.column_stack([joined, _larger(joined[:, 1:])])
    bounds = np.full((4, 2), np.nan)
    for place in range(4):
        known = whole[np.isfinite(whole[:, place]), place]
        if len(known):
            bounds[place] = np.percentile(known, [2.5, 97.5])
    return bounds


def equalised(decided: np.ndarray, target: np.ndarray, member: np.ndarray, least: int) -> float:
    """The equalised odds difference; NaN where neither rate has two groups."""
    once = gaps(decided, target, member, np.ones((1, len(target))), least)
    return float(_larger(once[:, 1:])[0])


def chance(
    decided: np.ndarray, targets: np.ndarray, member: np.ndarray, strata: Sequence[str], least: int, seen: float, *,
    seed: int, count: int, report: Report, should_stop: ShouldStop,
) -> Chance:  # fmt: skip
    """How often groups dealt anew within each stratum differ as much: the worst of decided, targets (n, L)."""
    _, stratum = np.unique(np.asarray(strata, dtype=object).astype(str), return_inverse=True)
    order, rng, reached = np.argsort(stratum, kind="stable"), np.random.default_rng(seed), 0
    for draw in range(count):
        if should_stop():
            raise Stopped(f"dealing was stopped after {draw} draws")
        if draw % 100 == 0:
            report(Progress("Dealing groups anew", draw, count))
        dealt = np.empty(len(stratum), dtype=np.int64)
        dealt[order] = np.lexsort((rng.random(len(stratum)), stratum))
        worst = [equalised(decided[:, k], targets[:, k], member[dealt], least) for k in range(targets.shape[1])]
        reached += bool(np.nanmax(worst) >= seen - 1e-12)
    hits, of = reached + 1, count + 1
    low = float(beta.ppf(0.025, hits, of - hits + 1))
    high = float(beta.ppf(0.975, hits + 1, of - hits)) if hits < of else 1.0
    return Chance(
        hits / of, low, high, f"{count:,} draws", "greater", "rows' groups within each true label", 1 / of, False
    )


def _spread(rates: np.ndarray) -> np.ndarray:
    """Highest minus lowest over the groups that a resample holds."""
    known = np.isfinite(rates)
    high, low = np.where(known, rates, -np.inf).max(axis=1), np.where(known, rates, np.inf).min(axis=1)
    return np.asarray(np.where(known.sum(axis=1) > 1, high - low, np.nan))


def _larger(odds: np.ndarray) -> np.ndarray:
    """(r,) the larger of two columns, one where the other has no value."""
    return np.asarray(np.fmax(odds[:, 0], odds[:, 1]))
