"""Charts of words on a line: what is drawn, what is said, and nothing where there is no value."""

from __future__ import annotations

import pandas as pd
import pytest

from core.bias.charts import charts_of
from core.bias.charts.by_word import MOST, drawn
from core.bias.found import Figure, Found
from tests.core.bias.golden.wefe_found import inputs, wefe
from tests.core.bias.measuring import measured

TABLE = pd.DataFrame({"word": ["a", "b", "c"], "v": [-0.5, 0.25, None], "sd": [0.1, None, 0.2], "set": ["S"] * 3})


def test_words_without_a_value_are_left_out_and_the_rest_is_said() -> None:
    (one,) = drawn(TABLE, "v", neutral=0.0, title="T", axis="x", spread="sd")
    assert one.alt == (
        "2 words, 1 below and 1 above the neutral value 0; the lowest is a -0.500, the highest b 0.250."
    )  # fmt: skip
    said = one.chart.to_dict(validate=True)
    rows = [row for data in said["datasets"].values() for row in data if "word" in row]
    assert [(row["low"], row["high"]) for row in rows] == [(-0.6, -0.4), (0.25, 0.25)]


def test_many_words_are_cut_to_those_furthest_out() -> None:
    table = pd.DataFrame({"word": [f"w{n}" for n in range(100)], "v": range(100), "set": "S"})
    (one,) = drawn(table, "v", neutral=0.0, title="T", axis="x")
    rows = [row for data in one.chart.to_dict()["datasets"].values() for row in data if "word" in row]
    assert len(rows) == MOST
    assert min(row["value"] for row in rows) == 40
    assert "60 furthest from it are drawn" in one.alt


def test_nothing_is_drawn_without_values() -> None:
    assert drawn(TABLE.assign(v=None), "v", neutral=0.0, title="T", axis="x") == ()


@pytest.mark.parametrize(("name", "sets"), [("ripa", 1), ("rnd", 2), ("ect", 1), ("mac", 2), ("rnsb", 2)])
def test_each_measure_draws_its_words(name: str, sets: int, table) -> None:
    given = inputs(sets)
    settings = {"least_accuracy": 0.0} if name == "rnsb" else {}
    found = measured(name, table(wefe()["vectors"]), given, **settings)
    (one,) = charts_of(name, found, given.to_json())
    assert one.chart.to_dict(validate=True)
    assert "x0" in one.chart.to_json() or "a0" in one.chart.to_json()


@pytest.mark.parametrize("name", ["ripa", "rnd", "ect", "mac", "rnsb"])
def test_a_result_without_a_table_draws_nothing(name: str) -> None:
    empty = Found(Figure("v", "V", None, note="No word has a vector."))
    assert charts_of(name, empty, {"words": None}) == ()
