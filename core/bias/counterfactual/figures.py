"""Figures of swaps: every source row counts once, however many swaps it has, and rows are what is resampled.

A row's gap and flip share are means over its swaps (Garg et al. 2019); a group's signed shift in a row is the
probability of the text about it, minus the mean of the same text about the other groups.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.bias.found import Figure
from core.evaluation.intervals import Interval, exact_interval, percentile_interval, resamples

BOOTSTRAP, EXACT = "95 % bootstrap over source rows", "95 % exact (Clopper-Pearson), source rows with a flip"
FEW = 20
NOBODY = "No text could be swapped."


def means(values: np.ndarray, *, seed: int, count: int) -> list[Interval]:
    """Mean of each column of values (n, k) over the rows that have one, with its interval; NaN: has none."""
    if not values.size:
        return [Interval(None, reason=NOBODY) for _ in range(values.shape[1])]
    known = np.isfinite(values)
    filled = np.where(known, values, 0.0)
    draws = []
    for weights in resamples(len(values), seed=seed, count=count):
        with np.errstate(invalid="ignore", divide="ignore"):
            draws.append((weights @ filled) / (weights @ known.astype(np.float64)))
    drawn = np.concatenate(draws)
    return [_mean(filled[:, k], known[:, k], drawn[:, k]) for k in range(values.shape[1])]


def _mean(values: np.ndarray, known: np.ndarray, draws: np.ndarray) -> Interval:
    if not known.any():
        return Interval(None, reason="No row has a value.")
    return percentile_interval(float(values.sum() / known.sum()), draws[np.isfinite(draws)])


def of_rows(swaps: pd.DataFrame) -> pd.DataFrame:
    """A row for each source row, by its number: gap, flip (share of its swaps), both means over its swaps."""
    return swaps.groupby("row")[["gap", "flip"]].mean()


def headline(rows: pd.DataFrame, *, seed: int, count: int) -> Figure:
    """Flip rate; exact bounds where no row or every row flips, since resampling shows no doubt there."""
    title, n = "Flip rate", len(rows)
    if not n:
        return Figure("flip_rate", title, None, 0.0, of="source rows", note=NOBODY, least=0.0, most=1.0)
    one, said = means(rows[["flip"]].to_numpy(float), seed=seed, count=count)[0], BOOTSTRAP
    if one.value in (0.0, 1.0):
        one, said = exact_interval(int(one.value) * n, n), EXACT
    note = f"Only {n} source rows: too few to say much." if n < FEW else ""
    return Figure("flip_rate", title, one.value, 0.0, one.low, one.high, said, n, "source rows", note, None, 0.0, 1.0)


def gaps(swaps: pd.DataFrame, rows: pd.DataFrame, *, seed: int, count: int) -> list[Figure]:
    """Mean, 95th percentile and largest |shift|."""
    if not len(rows):
        return [Figure("mean_gap", "Mean |shift|", None, 0.0, note=NOBODY)]
    mean = means(rows[["gap"]].to_numpy(float), seed=seed, count=count)[0]
    n, of, note = len(swaps), "swaps", "Over single swaps."
    high = percentile(swaps, rows, 0.95, seed=seed, count=count)
    return [
        Figure("mean_gap", "Mean |shift|", mean.value, 0.0, mean.low, mean.high, BOOTSTRAP, len(rows), "source rows"),
        Figure("gap_95", "95th percentile of |shift|", high.value, 0.0, high.low, high.high, BOOTSTRAP, n, of, note),
        Figure("gap_most", "Largest |shift|", float(swaps["gap"].max()), 0.0, n=n, of=of, note=f"{note} No interval."),
    ]


def percentile(swaps: pd.DataFrame, rows: pd.DataFrame, share: float, *, seed: int, count: int) -> Interval:
    """The gap that at least `share` of the swaps do not exceed, with its interval over source rows."""
    gaps = swaps["gap"].to_numpy(float)
    order = np.argsort(gaps, kind="stable")
    rising, source = gaps[order], rows.index.get_indexer(pd.Index(swaps["row"]))[order]
    draws = [rising[_reached(weights[:, source], share)] for weights in resamples(len(rows), seed=seed, count=count)]
    value = rising[_reached(np.ones((1, len(rising))), share)[0]]
    return percentile_interval(float(value), np.concatenate(draws))


def _reached(weights: np.ndarray, share: float) -> np.ndarray:
    """Of weights (r, m): the first place (r,) at which they add up to `share` of their sum."""
    total = np.cumsum(weights, axis=1, dtype=np.float64)
    return np.asarray((total >= share * total[:, -1:] * (1 - 1e-12)).argmax(axis=1))


def pushed(
    swaps: pd.DataFrame, before: np.ndarray, after: np.ndarray, groups: Sequence[str], *, seed: int, count: int
) -> list[Interval]:
    """Signed shift of each group, by `before` and `after` (m,) of one label; rows that mention several take no part."""
    rows, group, p = [], [], []
    one_way = swaps["start"].notna().to_numpy()
    for row, start, to, first, second in zip(
        swaps["row"][one_way], swaps["start"][one_way], swaps["to"][one_way], before[one_way], after[one_way],
        strict=True,
    ):  # fmt: skip
        rows += [row, row]
        group += [int(start), int(to)]
        p += [first, second]
    if not rows:
        return [Interval(None, reason="Every row mentions several groups.") for _ in groups]
    said = pd.DataFrame({"row": rows, "group": group, "p": p})
    table = said.pivot_table(index="row", columns="group", values="p", aggfunc="mean").reindex(
        columns=range(len(groups))
    )
    return means(against_others(table.to_numpy(float)), seed=seed, count=count)


def against_others(p: np.ndarray) -> np.ndarray:
    """p (n, G) of one text about each group, NaN where there is none: each minus the mean of the others."""
    known = np.isfinite(p)
    total, number = np.where(known, p, 0.0).sum(axis=1, keepdims=True), known.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        others = (total - np.where(known, p, 0.0)) / (number - known)
    return np.asarray(np.where(known & (number > 1), p - others, np.nan))
