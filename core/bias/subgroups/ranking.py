"""The areas of every group with intervals, and their generalised means over the groups."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from core.bias.subgroups.areas import KINDS, areas, auc, cells, generalised_mean
from core.bias.subgroups.membership import Membership
from core.errors import Stopped
from core.evaluation.intervals import resamples
from core.progress import Progress, Report, ShouldStop

BOUNDS = [2.5, 97.5]
Drawing = tuple[int, int]  # seed, resamples


def ranking(
    scores: np.ndarray, target: np.ndarray, groups: Membership, least: int, drawing: Drawing, *,
    report: Report, should_stop: ShouldStop,
) -> tuple[pd.DataFrame, dict[str, tuple[float, float, float, int]]]:  # fmt: skip
    """Rows group x area with bounds, n and note; and by name (value, low, high, n) of the whole and the means.

    Every group sees the same resamples.
    """
    once = np.ones((1, len(scores)))
    value, whole = _drawn(scores, target, groups, least, once)
    drawn, wholes = [], []
    for number, weights in enumerate(resamples(len(scores), seed=drawing[0], count=drawing[1])):
        if should_stop():
            raise Stopped("resampling was stopped")
        report(Progress("Resampling rows", number))
        part, all_rows = _drawn(scores, target, groups, least, weights)
        drawn.append(part)
        wholes.append(all_rows)
    joined = np.concatenate(drawn)
    rows = [
        _row(name, kind, value[0, g, k], joined[:, g, k], _sizes(target, groups.member[:, g], kind), least)
        for g, name in enumerate(groups.groups) for k, kind in enumerate(KINDS)
    ]  # fmt: skip
    found = {"AUC": _bounded(float(whole[0]), np.concatenate(wholes), len(scores))}
    for k, kind in enumerate(list(KINDS)[:3]):
        n = int(np.isfinite(value[0, :, k]).sum())
        found[kind] = _bounded(float(generalised_mean(value[0, :, k])), generalised_mean(joined[:, :, k]), n)
    return pd.DataFrame(rows), found


def _drawn(
    scores: np.ndarray, target: np.ndarray, groups: Membership, least: int, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(r, G, 5) areas of the groups and (r,) AUC of all rows."""
    of_groups = [areas(scores, target, member, weights, least) for member in groups.member.T]
    enough = min(target.sum(), (~target).sum()) > 0
    whole = auc(scores, target, ~target, weights) if enough else np.full(len(weights), np.nan)
    return np.stack(of_groups, axis=1), whole


def _sizes(target: np.ndarray, member: np.ndarray, kind: str) -> tuple[tuple[str, int], tuple[str, int]]:
    of = cells(target, member)
    first, second = KINDS[kind]
    return (first, int(of[first].sum())), (second, int(of[second].sum()))


def _row(
    group: str, kind: str, value: float, draws: np.ndarray, sizes: tuple[tuple[str, int], tuple[str, int]], least: int
) -> dict[str, Any]:
    low, high = _bounded(value, draws, 0)[1:3]
    small = [f"{n} {name}" for name, n in sizes if n < max(least, 1)]
    return {
        "group": group, "area": kind, "value": value, "low": low, "high": high, "n first": sizes[0][1],
        "n second": sizes[1][1], "note": f"n too small: {', '.join(small)}" if small else "",
    }  # fmt: skip


def _bounded(value: float, draws: np.ndarray, n: int) -> tuple[float, float, float, int]:
    known = draws[np.isfinite(draws)]
    if not np.isfinite(value) or not len(known):
        return value, np.nan, np.nan, n
    low, high = np.percentile(known, BOUNDS)
    return value, float(low), float(high), n
