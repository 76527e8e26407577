"""Ranking inside and across groups: five areas for each group, none of them low where one ranking fits all.

Source: Borkan et al. 2019, Nuanced Metrics for Measuring Unintended Bias, WWW companion (after Dixon et al. 2018).
AUC(A, B) is the share of pairs in which A's score is above B's, ties half. For a group g and its background, the rest:
subgroup AUC = AUC(g positive, g negative); BPSN = AUC(background positive, g negative): low where g is scored too high;
BNSP = AUC(g positive, background negative): low where g is scored too low; AEG+ = 0.5 - AUC(background positive, g
positive) and AEG- = 0.5 - AUC(background negative, g negative): above 0 where g is scored higher inside one label.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

KINDS: Mapping[str, tuple[str, str]] = {
    "subgroup AUC": ("group positive", "group negative"),
    "BPSN AUC": ("background positive", "group negative"),
    "BNSP AUC": ("group positive", "background negative"),
    "AEG+": ("background positive", "group positive"),
    "AEG-": ("background negative", "group negative"),
}
POWER = -5.0


def cells(target: np.ndarray, member: np.ndarray) -> dict[str, np.ndarray]:
    """The four cells (n,) bool of a group."""
    return {
        "group positive": member & target, "group negative": member & ~target,
        "background positive": ~member & target, "background negative": ~member & ~target,
    }  # fmt: skip


def areas(scores: np.ndarray, target: np.ndarray, member: np.ndarray, weights: np.ndarray, least: int) -> np.ndarray:
    """(r, 5) of KINDS for weights (r, n); NaN where one of a kind's two cells has fewer than `least` rows."""
    found = np.full((len(weights), len(KINDS)), np.nan)
    of = cells(target, member)
    for place, (name, (first, second)) in enumerate(KINDS.items()):
        if min(of[first].sum(), of[second].sum()) < max(least, 1):
            continue
        area = auc(scores, of[first], of[second], weights)
        found[:, place] = 0.5 - area if name.startswith("AEG") else area
    return found


def auc(scores: np.ndarray, above: np.ndarray, below: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(r,) weighted share of pairs in which a row of `above` (n,) bool scores over one of `below`, ties half."""
    lower = np.flatnonzero(below)
    lower = lower[np.argsort(scores[lower], kind="stable")]
    upper = np.flatnonzero(above)
    start = np.searchsorted(scores[lower], scores[upper], "left")
    end = np.searchsorted(scores[lower], scores[upper], "right")
    counted = np.zeros((len(weights), len(lower) + 1))
    np.cumsum(weights[:, lower], axis=1, out=counted[:, 1:])
    mine = weights[:, upper].astype(np.float64)
    won = (mine * (counted[:, start] + counted[:, end])).sum(axis=1) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(won / (mine.sum(axis=1) * counted[:, -1]))


def generalised_mean(values: np.ndarray, power: float = POWER) -> np.ndarray:
    """(mean of v^p)^(1/p) over the last axis of values >= 0, NaN left out; p = -5 leans to the worst group."""
    known = np.isfinite(values)
    number = known.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        raised = np.where(known, np.where(known, values, 1.0) ** power, 0.0).sum(axis=-1) / number
        return np.asarray(np.where(number > 0, raised ** (1 / power), np.nan))
