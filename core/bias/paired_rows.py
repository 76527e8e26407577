"""Two results that keep the same rows: how far their figures differ when the rows are drawn anew, both at once.

Only where the figure is the mean of a stored column, which is checked by computing that mean for both. Rows are matched
by what names them; rows that go back to one source are drawn together.
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
        for column, scale in _means(before, after, *matched):
            return _drawn(name, *matched, column, scale)
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


def _means(before: Found, after: Found, first: pd.DataFrame, second: pd.DataFrame) -> Iterator[tuple[str, float]]:
    """Columns whose mean is the figure in both, with the scale that makes it so."""
    for name in first.columns:
        if not (types.is_numeric_dtype(first[name]) and types.is_numeric_dtype(second[name])):
            continue
        one, two = first[name].to_numpy(float, na_value=np.nan), second[name].to_numpy(float, na_value=np.nan)
        if np.isnan(one).any() or np.isnan(two).any() or not (np.ptp(one) or np.ptp(two)):
            continue
        for scale in SCALES:
            if _is(one.mean() * scale, before.headline.value) and _is(two.mean() * scale, after.headline.value):
                yield str(name), scale


def _is(mean: float, value: float | None) -> bool:
    return value is not None and abs(mean - value) <= TOLERANCE * max(1.0, abs(value))


def _drawn(table: str, first: pd.DataFrame, second: pd.DataFrame, column: str, scale: float) -> Paired:
    change = second[column].to_numpy(float) - first[column].to_numpy(float)
    units, kind = _units(first)
    count = int(units.max()) + 1
    sums, sizes = np.bincount(units, change, count), np.bincount(units, minlength=count).astype(float)
    draws = [part @ sums / (part @ sizes) for part in map(np.float64, resamples(count, seed=SEED))]
    low, high = np.percentile(scale * np.concatenate(draws), [2.5, 97.5])
    how = f"95 % paired bootstrap over {count:,} {kind} of “{table}”, {RESAMPLES:,} draws, seed {SEED}"
    return Paired(float(low), float(high), how, count)


def _units(table: pd.DataFrame) -> tuple[np.ndarray, str]:
    """What is drawn: rows, or the sources that several rows go back to."""
    for name in table.columns:
        if "source" in str(name).lower() and _countable(table[name]):
            codes, found = pd.factorize(table[name])
            if LEAST <= len(found) < len(table):
                return np.asarray(codes), "sources"
    return np.arange(len(table)), "rows"
