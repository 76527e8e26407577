"""WEFAT against hand-worked values, and what is said of numbers that do not fit."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import pearsonr

from core.bias.associations.wefat import fisher, pearson, standardised
from core.bias.audited import Audited
from core.bias.charts import charts_of
from core.bias.inputs import Inputs
from tests.core.bias.measuring import measured, words

Made = Callable[[Mapping[str, Sequence[float]]], Audited]
NAMES = [f"job{number}" for number in range(8)]
ANGLES = (5, 20, 30, 42, 50, 63, 71, 88)


def rows() -> dict[str, list[float]]:
    jobs = {name: [math.cos(math.radians(t)), math.sin(math.radians(t))] for name, t in zip(NAMES, ANGLES, strict=True)}
    return jobs | {"she": [1.0, 0.0], "her": [1.0, 0.1], "he": [0.0, 1.0], "him": [0.2, 1.0]}


def given(values: pd.DataFrame | None = None, names: Sequence[str] = NAMES) -> Inputs:
    return replace(words({"Jobs": names}, {"Women": ["she", "her"], "Men": ["he", "him"]}), table=values)


def test_standardised_worked_by_hand() -> None:
    """Cosines 0.8, 0.6 and 0.2, 0.0: means 0.7 and 0.1, sd of the four with n - 1 is sqrt(0.4 / 3)."""
    found = standardised(np.array([[0.8, 0.6], [0.3, 0.3]]), np.array([[0.2, 0.0], [0.3, 0.3]]))
    assert found[0] == pytest.approx(0.6 / math.sqrt(0.4 / 3)) and math.isnan(found[1])


def test_correlation_and_its_interval_as_scipy_has_them() -> None:
    rng = np.random.default_rng(4)
    x = rng.normal(size=20)
    y = x + rng.normal(size=20)
    r = pearson(x, y)
    known = pearsonr(x, y)
    bounds = known.confidence_interval(0.95)
    assert r is not None and r == pytest.approx(known.statistic)
    assert fisher(r, 20) == pytest.approx((bounds.low, bounds.high))
    assert pearson(x[:2], y[:2]) is None and pearson(np.ones(5), y[:5]) is None and fisher(0.5, 3) == (None, None)


def test_without_numbers_the_headline_is_the_mean(table: Made) -> None:
    found = measured("wefat", table(rows()), given())
    assert found.headline.name == "mean" and found.headline.n == 8
    assert found.headline.value == pytest.approx(found.tables["words"]["standardised"].mean())
    assert found.headline.low is not None and found.headline.value is not None
    assert found.headline.low < found.headline.value < (found.headline.high or 0)
    assert "value" not in found.tables["words"].columns


def test_with_numbers_it_is_their_correlation(table: Made) -> None:
    shares = pd.DataFrame({"word": NAMES, "value": [90, 80, 75, 60, 50, 30, 20, 5]})
    inputs = given(shares)
    found = measured("wefat", table(rows()), inputs)
    scores = found.tables["words"]["standardised"]
    assert found.headline.value == pytest.approx(np.corrcoef(scores, shares["value"])[0, 1])
    assert found.headline.value is not None and found.headline.value > 0.9 and found.headline.n == 8
    assert found.headline.low is not None and found.headline.low < found.headline.value
    drawn = charts_of("wefat", found, inputs.to_json())
    assert len(drawn) == 2 and "r = 0.9" in drawn[1].alt and drawn[1].chart.to_dict()


def test_numbers_that_do_not_fit_are_named(table: Made) -> None:
    shares = pd.DataFrame(
        {"word": [*NAMES[:6], "job0", "pilot"], "value": ["90", "80", "75", "many", "50", "30", "1", "3"]}
    )
    found = measured("wefat", table(rows()), given(shares))
    said = " ".join(found.warnings)
    assert found.headline.n == 5
    for part in ("No number beside: job3", "More than one number", "job6, job7", "not measured: pilot"):
        assert part in said


@pytest.mark.parametrize("values", [[5] * 8, ["", *[None] * 7]])
def test_no_correlation_without_variation_or_numbers(table: Made, values: list[object]) -> None:
    found = measured("wefat", table(rows()), given(pd.DataFrame({"word": NAMES, "value": values})))
    assert found.headline.value is None and "no correlation" in found.headline.note
    assert found.figures[0].value is not None


def test_one_word_is_its_own_mean(table: Made) -> None:
    found = measured("wefat", table(rows()), given(names=NAMES[:1]))
    assert found.headline.value is not None and found.headline.low is None and "One word" in found.headline.note


def test_a_word_as_near_to_everything_has_no_association(table: Made) -> None:
    same = {name: [1.0, 1.0] for name in ("she", "her", "he", "him")}
    found = measured("wefat", table(rows() | same), given())
    assert found.headline.value is None and found.headline.note
    assert any("All cosines are equal" in said for said in found.warnings)
