"""Bars of word scores: which words are drawn, what a bar says, how large the payload is."""

from __future__ import annotations

import json

import numpy as np

from core.inspection.attribution import table as tables
from core.inspection.attribution.result import Attribution, Unit
from core.inspection.charts import attribution as charts
from core.inspection.picture import picture

TITLES = {"one": "One", "two": "Two"}


def scored(method: str, scores: list[float], *, signed: bool = True) -> Attribution:
    units = tuple(Unit(f"w{place}", 0, 3 * place, 3 * place + 2, (place + 1,)) for place in range(len(scores)))
    return Attribution(
        method, "good", None, "word", ("text",), (4,), units, np.array(scores), signed, 1.0, 0.7,
        specials=(("[CLS]", 0.5), ("[SEP]", 0.25)) if not signed else (),
    )  # fmt: skip


FOUND = [scored("one", [1.0, -2.0, 0.5]), scored("two", [3.0, 1.0, 2.0], signed=False)]


def test_a_bar_says_for_against_or_size_only() -> None:
    frame = charts.frame(FOUND, TITLES)
    assert frame["says"].tolist() == [charts.FOR, charts.AGAINST, charts.FOR, *[charts.SIZE] * 3]
    assert frame["word"].tolist()[:3] == ["1  w0", "2  w1", "3  w2"]


def test_equal_words_stay_apart_and_long_ones_are_cut() -> None:
    assert charts.label(0, "the") != charts.label(1, "the")
    assert len(charts.label(0, "a\nb " * 50)) <= 3 + charts.LONGEST


def test_of_many_words_the_strongest_of_any_method_are_drawn_in_the_order_of_the_text() -> None:
    scores = [0.0] * 300
    scores[250], scores[7] = -9.0, 4.0
    other = [0.0] * 300
    other[100] = 0.001
    kept = charts.strongest([scored("one", scores), scored("two", other)])
    assert len(kept) == charts.MOST and kept == sorted(kept)
    assert {7, 100, 250} <= set(kept)


def test_the_picture_is_drawn_and_small() -> None:
    many = [scored("one", list(np.linspace(-1, 1, 400))), scored("two", [1.0] * 400, signed=False)]
    chart = charts.bars(charts.frame(many, TITLES), "Why good?")
    assert len(json.dumps(chart.to_dict())) < 100_000
    assert picture(chart, "svg").startswith(b"<svg")


def test_in_words() -> None:
    said = charts.described(FOUND, TITLES)
    assert said.startswith("Scores for 'good'. One: highest 'w0' +1.000") and "Two: highest 'w0' +3.000" in said


def test_rows_hold_every_unit_and_what_belongs_to_none() -> None:
    assert tables.headers(FOUND) == ["number", "part", "start", "end", "text", "one", "two"]
    rows = tables.rows(FOUND)
    assert rows[1] == [2, 1, 3, 5, "w1", -2.0, 1.0]
    assert rows[-1] == [None, None, None, None, "[CLS] [SEP]", None, 0.75]
    assert len(rows) == 4
