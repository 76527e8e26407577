"""Lines and words of a geometry, from numbers made up."""

from __future__ import annotations

import pytest

from core.inspection.charts import geometry as charts
from core.inspection.geometry.result import Geometry, LayerGeometry, Settings, WordGeometry
from core.inspection.picture import picture

NAN = float("nan")


def layer(number: int, own: float, base: float, share: float = 0.1, variance: float = 0.5) -> LayerGeometry:
    return LayerGeometry(number, base, own, own - base, 0.4, 0.4 - base, variance, 0.1, variance - 0.1, share, 7)


def made(*layers: LayerGeometry) -> Geometry:
    words = (WordGeometry("the", 9, (0.9, 0.4)), WordGeometry("of", 8, (0.8, 0.2)))
    return Geometry(layers, words, {}, Settings(), ())


def test_lines_are_adjusted_or_raw() -> None:
    table = charts.frame(made(layer(0, 0.9, 0.1), layer(1, 0.6, 0.2)))
    for adjusted, expected in ((True, [0.8, 0.4]), (False, [0.9, 0.6])):
        drawn = charts.chart(table, adjusted=adjusted).to_dict()
        rows = [row for rows in drawn["datasets"].values() for row in rows]
        own = [row["value"] for row in rows if row["statistic"] == "self-similarity"]
        assert own == pytest.approx(expected)
        assert [row["value"] for row in rows if row["statistic"] == charts.BASELINE] == [0.1, 0.2]


def test_what_could_not_be_measured_is_not_drawn() -> None:
    table = charts.frame(made(layer(0, 0.9, 0.1, variance=NAN), layer(1, 0.6, 0.2, variance=NAN)))
    rows = [row for rows in charts.chart(table).to_dict()["datasets"].values() for row in rows]
    assert "explainable variance" not in {row["statistic"] for row in rows}
    assert picture(charts.chart(table), "png").startswith(b"\x89PNG")


def test_words_that_change_most_come_first() -> None:
    found = made(layer(0, 0.9, 0.1), layer(1, 0.6, 0.15))
    rows = charts.words_frame(found, 1)
    assert rows["word"].tolist() == ["of", "the"] and rows["self-similarity"].tolist() == pytest.approx([0.05, 0.25])
    assert charts.words_frame(found, 1, adjusted=False)["self-similarity"].tolist() == [0.2, 0.4]


def test_the_statement_says_whether_it_falls_and_what_one_dimension_makes() -> None:
    falls = " ".join(charts.statement(made(layer(0, 0.9, 0.1), layer(1, 0.6, 0.3, share=0.68))))
    assert "falls at every layer" in falls and "One dimension, number 7, makes 68% of it" in falls
    rises = " ".join(charts.statement(made(layer(0, 0.6, 0.1), layer(1, 0.9, 0.1))))
    assert "does not fall at every layer" in rises and "One dimension" not in rises
    assert not any("self-similarity" in told for told in charts.statement(made(layer(0, NAN, 0.1), layer(1, NAN, 0.1))))
