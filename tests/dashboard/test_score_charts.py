"""What stands in the charts and tables of scores, worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.components import confusion_chart, curves, interval_chart, reliability_chart, scored_rows, wrong_rows
from registry.records import Measurement

LABELS = ["a", "b", "c"]
MATRIX = [[8, 2, 0], [1, 9, 0], [3, 0, 1]]


def test_confusion_frame_holds_the_cells_that_are_not_empty() -> None:
    cells = confusion_chart.frame(MATRIX, LABELS)
    assert len(cells) == 6
    assert cells.set_index(["given", "predicted"])["rows"].to_dict()["c", "a"] == 3
    assert cells.set_index(["given", "predicted"])["share"].to_dict()["c", "a"] == 0.75


def test_mistakes_leave_the_diagonal_out_and_start_with_the_most_frequent() -> None:
    worst = confusion_chart.mistakes(confusion_chart.frame(MATRIX, LABELS))
    assert list(zip(worst["given"], worst["predicted"], worst["rows"], strict=True)) == [
        ("c", "a", 3),
        ("a", "b", 2),
        ("b", "a", 1),
    ]


def test_confusion_chart_carries_the_selection_that_the_page_reads() -> None:
    spec = confusion_chart.chart(confusion_chart.frame(MATRIX, LABELS), LABELS).to_dict()
    assert [param["name"] for param in spec["params"]] == [confusion_chart.CLICKED]
    assert spec["params"][0]["select"]["fields"] == ["given", "predicted"]


def test_rows_of_one_label_each() -> None:
    sure = np.array([[0.9, 0.05, 0.05], [0.2, 0.7, 0.1], [0.4, 0.35, 0.25]])
    rows = scored_rows.one(LABELS, np.array([0, 0, 2]), sure)
    assert rows["given"].tolist() == ["a", "a", "c"]
    assert rows["predicted"].tolist() == ["a", "b", "a"]
    assert rows["right"].tolist() == [True, False, False]
    assert rows["score"].tolist() == [0.9, 0.7, 0.4]


def test_rows_of_several_labels_each_are_scored_by_their_most_certain_mistake() -> None:
    truth = np.array([[1, 0, 0], [1, 1, 0], [0, 0, 0]], dtype=np.float32)
    sure = np.array([[0.9, 0.2, 0.1], [0.8, 0.1, 0.6], [0.1, 0.1, 0.1]])
    rows = scored_rows.several(LABELS, truth, sure, None)
    assert rows["predicted"].tolist() == ["a", "a | c", "(none)"]
    assert rows["given"].tolist() == ["a", "a | b", "(none)"]
    assert rows["right"].tolist() == [True, False, True]
    assert rows["score"].tolist() == [0.0, 0.9, 0.0]  # b was missed with 1 - 0.1; c was added with 0.6
    assert scored_rows.several(LABELS, truth, sure, np.array([0.5, 0.1, 0.7]))["right"].tolist() == [False, True, False]


def test_the_most_confidently_wrong_rows_come_first() -> None:
    rows = pd.DataFrame(
        {
            "given": ["a", "a", "b", "c"],
            "predicted": ["a", "b", "a", "a"],
            "score": [0.99, 0.6, 0.9, 0.7],
            "right": [True, False, False, False],
        }
    )
    assert wrong_rows.pick(rows, wrong_rows.ALL_WRONG)["score"].tolist() == [0.9, 0.7, 0.6]
    assert wrong_rows.pick(rows, ("a", "a"))["score"].tolist() == [0.99]
    assert wrong_rows.pick(rows, ("b", "c")).empty


def test_interval_frame_keeps_the_order_and_drops_what_has_no_value() -> None:
    table = interval_chart.frame(
        [("model", {"value": 0.9, "low": 0.8, "high": 0.95}), ("nothing", {}), ("majority", {"value": 0.2})]
    )
    assert table["who"].tolist() == ["model", "majority"]
    assert table[["low", "high"]].to_numpy().tolist() == [[0.8, 0.95], [0.2, 0.2]]
    assert "model 0.900 (0.800 to 0.950)" in interval_chart.described(table, "macro-F1")


def test_reliability_frame_leaves_empty_bins_out() -> None:
    bins = [{"count": 0, "confidence": None, "accuracy": None}, {"count": 4, "confidence": 0.8, "accuracy": 0.75}]
    assert reliability_chart.frame(bins).to_numpy().tolist() == [[0.8, 0.75, 4.0]]


def test_curves_take_every_measured_value_and_say_the_newest() -> None:
    at = pd.Timestamp("2026-11-05", tz="UTC").to_pydatetime()
    frame = curves.points(
        [
            Measurement(1, 0.5, at, {"loss": 2.0}),
            Measurement(2, 1.0, at, {"loss": 1.0, "validation_macro_f1": 0.5}),
        ]
    )
    assert frame["measure"].tolist() == ["training loss", "training loss", "validation macro-F1"]
    assert "training loss 1.000 at step 2" in curves.described(frame[frame["measure"] == "training loss"], "Loss")
    assert curves.titled(frame[frame["measure"] == "training loss"], curves.LOSSES) == "Training loss"
