"""Frames and charts of the sense view: what is drawn, and that it stays small."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from core.encoding import base_models
from core.inspection.anisotropy import measure
from core.inspection.charts import senses as charts
from core.inspection.picture import picture
from core.inspection.senses import writing
from core.inspection.senses.clusters import clustering
from core.inspection.senses.curve import SenseCurve, sense_curve
from core.inspection.senses.sheet import Labelled
from core.inspection.similarity import unit
from core.inspection.subject import Subject
from core.inspection.word_vectors import Occurrence


@pytest.fixture(scope="module")
def curve() -> SenseCurve:
    subject, rows = Subject(base_models.bundled()), writing.examples(["bank", "bat"]).rows
    background = measure(subject, [row.occurrence.text for row in rows])
    return sense_curve(subject, rows, background=background)


def test_the_frame_holds_every_score(curve: SenseCurve) -> None:
    table = charts.curve_frame(curve)
    assert len(table) == len(curve.scores) == 3 * (2 * 8 + 3) + 1
    row = table[(table["layer"] == "6") & ~table["z"] & (table["rule"] == "1-NN")].iloc[0]
    assert row["accuracy"] == curve.score("layer 6", "1-NN").accuracy.value and row["n"] == 16
    assert set(table[table["tied"] > 0]["vectors"]) <= {"static row", "layer 0"}


def drawn(chart: object) -> list[dict[str, object]]:
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]  # type: ignore[attr-defined]


def test_the_chart_draws_one_rule_and_all_controls(curve: SenseCurve) -> None:
    table = charts.curve_frame(curve)
    rows = drawn(charts.curve_chart(table, "1-NN", last_four=False))
    assert {row["rule"] for row in rows} == {"1-NN", ""}
    assert {row["series"] for row in rows} == {"the word", "static row", "context-only", "sentence vector",
                                               "most frequent sense"}  # fmt: skip
    more = drawn(charts.curve_chart(table, "1-NN", z=True))
    assert {"the word, z-scored"} < {row["series"] for row in more} and charts.SUMMED in {row["place"] for row in more}


def test_it_can_be_written_as_a_picture(curve: SenseCurve) -> None:
    assert picture(charts.curve_chart(charts.curve_frame(curve), "centroid"), "svg").startswith(b"<svg")


def test_points_of_many_long_sentences_stay_below_a_megabyte() -> None:
    text = "<script>alert(1)</script> bank " * 100
    rows = [Labelled("bank", "a", Occurrence(text, 0, 4))] * 1_000
    table = charts.points_frame(rows, np.zeros((1_000, 2)), np.zeros(1_000, dtype=int))
    assert len(json.dumps(charts.points_chart(table).to_dict())) < 1_000_000
    assert table["sentence"][0] == text  # the file has it whole


def test_clusters_and_what_went_elsewhere_as_rows(curve: SenseCurve) -> None:
    units = unit(np.random.default_rng(0).normal(size=(6, 3)))
    table = charts.cluster_frame([clustering(units, [""] * 6, k, blobs=False) for k in (1, 2)])
    assert table["k"].tolist() == [1, 2] and pd.isna(table["silhouette"][0])
    static = charts.wrong_frame(curve, "static", "centroid")
    assert len(static) == 16 and set(static["taken for"]) == {"tie"}
