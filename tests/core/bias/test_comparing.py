"""The difference between two results: paired where rows allow, else from two intervals; read with care."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pandas as pd
import pytest

from core.bias.comparing import difference, said
from core.bias.found import Figure, Found


def one(value: float | None, low: float | None = None, high: float | None = None, **tables: pd.DataFrame) -> Found:
    note = "" if value is not None else "n too small"
    return Found(Figure("f", "F", value, 0.0, low, high, note=note), tables=tables)


def rows(values: np.ndarray, **more: object) -> pd.DataFrame:
    return pd.DataFrame({"pair": np.arange(len(values)), "gap": values, **more})


def test_two_intervals_are_squared_and_added() -> None:
    found = difference(one(0.2, 0.1, 0.4), one(0.6, 0.3, 0.7))
    assert found.value == pytest.approx(0.4)
    assert found.low == pytest.approx(0.4 - sqrt(0.3**2 + 0.2**2))
    assert found.high == pytest.approx(0.4 + sqrt(0.1**2 + 0.1**2))
    assert (found.paired, found.apart, found.way, found.worse) == (False, True, "away", True)


def test_a_difference_that_holds_zero_tells_nothing_apart() -> None:
    found = difference(one(0.2, 0.0, 0.4), one(0.3, 0.1, 0.5))
    assert not found.apart and not found.worse
    assert "a/1 and a/2 cannot be told apart: +0.100" in said(found, "a/1", "a/2")


def test_without_an_interval_nobody_can_say() -> None:
    found = difference(one(0.2), one(0.9, 0.8, 1.0))
    assert found.value == pytest.approx(0.7) and found.low is None and not found.worse
    assert "cannot be said" in said(found, "a", "b")


def test_without_a_value_there_is_no_difference_and_the_reason_is_told() -> None:
    found = difference(one(None), one(0.5))
    assert found.value is None and "n too small" in said(found, "a", "b")


def test_crossing_neutral_is_said() -> None:
    found = difference(one(1.0, 0.9, 1.1), one(-0.4, -0.5, -0.3))
    assert (found.way, found.turned, found.worse) == ("towards", True, False)
    assert "nearer to neutral, on the other side of neutral" in said(found, "a", "b")


def test_shared_rows_are_drawn_together_in_whatever_order_they_lie() -> None:
    rng = np.random.default_rng(1)
    first = rng.normal(0.0, 5.0, 400)
    second = first + 0.2 + rng.normal(0.0, 0.05, 400)  # rows differ wildly, their change hardly
    mixed = rows(second).sample(frac=1.0, random_state=3)
    before = one(first.mean(), first.mean() - 0.5, first.mean() + 0.5, pairs=rows(first))
    after = one(second.mean(), second.mean() - 0.5, second.mean() + 0.5, pairs=mixed)
    found = difference(before, after)
    assert found.paired and found.n == 400 and "400 rows" in found.how
    assert found.low is not None and found.high is not None
    assert found.low < 0.2 < found.high
    assert found.high - found.low == pytest.approx(2 * 1.96 * 0.05 / 20, rel=0.25)  # sd of a mean of 400 changes


def test_per_cents_are_means_of_true_and_false() -> None:
    first, second = np.arange(100) < 50, np.arange(100) < 60
    found = difference(one(50.0, pairs=rows(first)), one(60.0, pairs=rows(second)))
    assert found.paired and found.value == pytest.approx(10.0)
    assert found.low is not None and 3 < found.low < 10 < (found.high or 0) < 17


def test_rows_of_one_source_are_drawn_together() -> None:
    sources = np.repeat(np.arange(20), 5)
    first, second = np.zeros(100), np.repeat(np.arange(20.0), 5)
    wide = difference(
        one(0.0, pairs=rows(first, source=sources)), one(second.mean(), pairs=rows(second, source=sources))
    )
    narrow = difference(one(0.0, pairs=rows(first)), one(second.mean(), pairs=rows(second)))
    assert (wide.n, narrow.n) == (20, 100)
    assert (wide.high or 0) - (wide.low or 0) > 1.8 * ((narrow.high or 0) - (narrow.low or 0))  # sqrt(5) = 2.2


@pytest.mark.parametrize("spoilt", [np.arange(30.0) + 1, np.full(30, np.nan)])
def test_a_column_whose_mean_is_not_the_figure_is_not_used(spoilt: np.ndarray) -> None:
    found = difference(one(14.5, 14, 15, pairs=rows(np.arange(30.0))), one(20.0, 19, 21, pairs=rows(spoilt)))
    assert not found.paired and found.value == pytest.approx(5.5)


def test_other_rows_are_not_paired() -> None:
    values = np.arange(30.0)
    other = rows(values).assign(pair=np.arange(30) + 7)
    assert not difference(one(14.5, 14, 15, pairs=rows(values)), one(14.5, 14, 15, pairs=other)).paired


def test_a_share_of_words_and_a_mean_over_rows_of_several_swaps_are_paired_too() -> None:
    told = [pd.DataFrame({"row": np.arange(40), "preferred": np.where(np.arange(40) < n, "more", "less")})
            for n in (20, 30)]  # fmt: skip
    share = difference(one(50.0, pairs=told[0]), one(75.0, pairs=told[1]))
    assert share.paired and share.n == 40 and share.apart
    rows_of = np.repeat(np.arange(20), np.arange(20) % 3 + 1).astype(str)
    swaps = pd.DataFrame({"row": rows_of, "text": [f"t{number}" for number in range(len(rows_of))]})
    flips = [swaps.assign(flipped=np.arange(len(rows_of)) % n == 0) for n in (4, 2)]
    values = [float(each.groupby("row")["flipped"].mean().mean()) for each in flips]
    found = difference(one(values[0], pairs=flips[0]), one(values[1], pairs=flips[1]))
    assert found.paired and found.n == 20 and "20 sources" in found.how
