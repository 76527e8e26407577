"""Two results that keep the same rows: how far their figures differ when the rows are drawn anew, both at once.

Only where the figure is the mean of a stored column, or the share of one of its words, over rows or over sources, which
is checked by computing it for both. Rows are matched by what names them; rows of one source are drawn together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from pandas.api import types

from core.bias.found import Found
from core.evaluation.intervals import RESAMPLES, resamples

SEED = 0
LEAST = 10  # units below which resampling says nothing
SCALES = (1.0, 100.0)  # a share may be told in per cent
TOLERANCE = 1e-6
_MOST_KEYS = 3
_FEW = 3  # words of a column that may be a verdict
_Mean = tuple[str, np.ndarray, np.ndarray, np.ndarray, float]  # kind of unit, units, before, after, scale
_CALLED = {"row", "pair", "id", "item"}


@dataclass(frozen=True)
class Paired:
    """Bounds of the difference, how they came about, and how many rows or sources were drawn."""

    low: float
    high: float
    how: str
    units: int


def interval(before: Found, after: Found) -> Paired | None:
    """95 % paired bootstrap of after minus before; None where no table carries it."""
    for name, first in before.tables.items():
        second = after.tables.get(name)
        matched = None if second is None else _matched(first, second)
        if matched is None:
            continue
        for kind, units, one, two, scale in _means(*matched, before.headline.value, after.headline.value):
            return _drawn(f"{kind} of “{name}”", units, scale * (two - one))
    return None


def _matched(first: pd.DataFrame, second: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Both tables in one order of rows, matched by the fewest columns that name every row."""
    if len(first) != len(second) or len(first) < LEAST or list(first.columns) != list(second.columns):
        return None
    for key in _keys(first):
        left, right = first.set_index(key), second.set_index(key)
        if left.index.is_unique and right.index.is_unique and left.index.isin(right.index).all():
            ordered = right.loc[left.index].reset_index()
            return first.reset_index(drop=True), ordered[list(first.columns)]
    return None


def _keys(table: pd.DataFrame) -> Iterator[list[str]]:
    """Columns that may name rows, what is called so first. A whole number of another name may be a rank: never used."""
    called = [name for name in table.columns if _CALLED & set(re.split(r"[\W_]+", str(name).lower()))]
    named = [name for name in called if _countable(table[name])]
    texts = [name for name in table.columns if types.is_string_dtype(table[name])][:8]
    for columns in (named, texts):
        for size in range(1, _MOST_KEYS + 1):
            yield from (list(chosen) for chosen in combinations(columns, size))


def _countable(column: pd.Series) -> bool:
    whole = types.is_integer_dtype(column) and not types.is_bool_dtype(column)
    return bool(whole or types.is_string_dtype(column))


def _means(first: pd.DataFrame, second: pd.DataFrame, before: float | None, after: float | None) -> Iterator[_Mean]:
    """Columns whose mean is the figure in both: over rows, or over sources with the mean of their rows."""
    kind, units = _units(first)
    sizes = np.bincount(units)
    for one, two in _columns(first, second):
        for scale in SCALES:
            if _is(one.mean() * scale, before) and _is(two.mean() * scale, after):
                yield kind, units, one, two, scale
            left, right = np.bincount(units, one) / sizes, np.bincount(units, two) / sizes
            if _is(left.mean() * scale, before) and _is(right.mean() * scale, after):
                yield kind, np.arange(len(sizes)), left, right, scale


def _columns(first: pd.DataFrame, second: pd.DataFrame) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Numbers of both tables, and for columns of two or three words where each word stands; none that never varies."""
    for name in first.columns:
        pairs = []
        if types.is_numeric_dtype(first[name]) and types.is_numeric_dtype(second[name]):
            pairs = [tuple(each[name].to_numpy(float, na_value=np.nan) for each in (first, second))]
        elif types.is_string_dtype(first[name]) and first[name].nunique() <= _FEW:
            pairs = [
                tuple((each[name] == word).to_numpy(float) for each in (first, second))
                for word in sorted(first[name].dropna().unique())
            ]
        for one, two in pairs:
            if not (np.isnan(one).any() or np.isnan(two).any()) and (np.ptp(one) or np.ptp(two)):
                yield one, two


def _is(mean: float, value: float | None) -> bool:
    return value is not None and abs(mean - value) <= TOLERANCE * max(1.0, abs(value))


def _drawn(where: str, units: np.ndarray, change: np.ndarray) -> Paired:
    count = int(units.max()) + 1
    sums, sizes = np.bincount(units, change, count), np.bincount(units, minlength=count).astype(float)
    draws = [part @ sums / (part @ sizes) for part in map(np.float64, resamples(count, seed=SEED))]
    low, high = np.percentile(np.concatenate(draws), [2.5, 97.5])
    how = f"95 % paired bootstrap over {count:,} {where}, {RESAMPLES:,} draws, seed {SEED}"
    return Paired(float(low), float(high), how, count)


def _units(table: pd.DataFrame) -> tuple[str, np.ndarray]:
    """What is drawn: rows, or the sources that several rows go back to."""
    for name in table.columns:
        said = set(re.split(r"[\W_]+", str(name).lower()))
        if (said & (_CALLED | {"source"})) and _countable(table[name]):
            codes, found = pd.factorize(table[name])
            if LEAST <= len(found) < len(table):
                return "sources", np.asarray(codes)
    return "rows", np.arange(len(table))
