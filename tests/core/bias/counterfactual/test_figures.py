"""Figures of swaps by hand: rows count once, and the 95th percentile is a gap that was seen."""

from __future__ import annotations

import pandas as pd
import pytest

from core.bias.counterfactual import figures


def swaps(gaps: list[float], rows: list[int]) -> pd.DataFrame:
    return pd.DataFrame({"row": rows, "gap": gaps, "flip": [gap > 0.5 for gap in gaps]})


def test_the_95th_percentile_is_the_19th_of_twenty_gaps() -> None:
    given = swaps([number / 20 for number in range(20)], list(range(20)))
    found = figures.percentile(given, figures.of_rows(given), 0.95, seed=0, count=200)
    assert found.value == pytest.approx(18 / 20)
    assert found.low is not None and found.high is not None and 0.5 < found.low <= found.value <= found.high <= 19 / 20


def test_all_swaps_of_a_row_are_drawn_together() -> None:
    """Two rows with ten equal swaps each: a draw holds the one, the other, or both, so the bounds are the two gaps."""
    given = swaps([0.1] * 10 + [0.8] * 10, [4] * 10 + [9] * 10)
    found = figures.percentile(given, figures.of_rows(given), 0.95, seed=0, count=200)
    assert (found.value, found.low, found.high) == (0.8, 0.1, 0.8)


def test_gaps_have_an_interval_where_they_can() -> None:
    given = swaps([0.0, 0.2, 0.4, 0.6], [0, 0, 1, 1])
    mean, high, most = figures.gaps(given, figures.of_rows(given), seed=0, count=200)
    assert mean.value == pytest.approx(0.3) and (mean.low, mean.high) == (pytest.approx(0.1), pytest.approx(0.5))
    assert high.value == 0.6 and high.low == 0.2 and high.high == 0.6 and high.n == 4
    assert most.value == 0.6 and most.low is None and "No interval" in most.note
    assert [one.value for one in figures.gaps(given[:0], figures.of_rows(given[:0]), seed=0, count=10)] == [None]
