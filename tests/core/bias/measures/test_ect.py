"""ECT by hand, ties, what has no order, and WEFE."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from core.bias.associations import ect
from tests.core.bias.golden.wefe_found import inputs, wefe
from tests.core.bias.measuring import measured, words

ROWS = {"x": [1.0, 0.0], "y": [0.0, 1.0]} | {
    f"a{degrees}": [float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))]
    for degrees in (5, 20, 35, 50, 70, 85)
}
ATTRIBUTES = [word for word in ROWS if word.startswith("a")]


def given(count: int = 6, first: str = "x", second: str = "y"):
    return words({"X": [first], "Y": [second]}, {"A": ATTRIBUTES[:count]})


def test_opposite_orders_and_the_same_order(table) -> None:
    assert measured("ect", table(ROWS), given()).headline.value == pytest.approx(-1.0)
    same = table({**ROWS, "y": [9.0, -1.0]})
    found = measured("ect", same, given())
    assert found.headline.value == pytest.approx(1.0)
    assert next(one.value for one in found.figures if one.name == "shift") > 0, "rho is 1, yet x is nearer to all"


def test_rho_by_hand_and_with_ties() -> None:
    first = np.array([1.0, 2.0, 3.0, 4.0])
    assert ect.spearman(first, np.array([1.0, 2.0, 4.0, 3.0])) == pytest.approx(1 - 6 * 2 / 60)
    assert ect.spearman(np.array([1.0, 1.0, 2.0, 3.0]), first) == pytest.approx(4.5 / np.sqrt(22.5))
    assert np.isnan(ect.spearman(np.ones(4), first))


def test_rho_is_the_one_of_scipy() -> None:
    rng = np.random.default_rng(0)
    first, second = rng.integers(0, 6, size=(2, 40, 12)).astype(float)
    wanted = [spearmanr(a, b).statistic for a, b in zip(first, second, strict=True)]
    assert ect.spearman(first, second) == pytest.approx(wanted)


def test_few_words_are_refused_and_some_are_coarse(table) -> None:
    none = measured("ect", table(ROWS), given(3))
    assert none.headline.value is None
    assert "below 4" in none.headline.note
    some = measured("ect", table(ROWS), given(5))
    assert some.headline.value == pytest.approx(-1.0)
    assert any("only 120 orders" in note for note in some.warnings)


def test_equally_near_words_have_no_order(table) -> None:
    found = measured("ect", table({**ROWS, **dict.fromkeys(ATTRIBUTES, [1.0, 2.0])}), given())
    assert found.headline.value is None
    assert "no order" in found.headline.note


def test_ranks_begin_with_the_nearest(table) -> None:
    rows = measured("ect", table(ROWS), given()).tables["words"].set_index("word")
    assert rows.loc["a5", ["rank by X", "rank by Y", "places apart"]].tolist() == [1, 6, 5]


def test_wefe_agrees(table) -> None:
    found = measured("ect", table(wefe()["vectors"]), inputs(1))
    assert found.headline.value == pytest.approx(wefe()["found"]["ect"]["result"], abs=1e-9)
