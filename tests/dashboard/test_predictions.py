"""What the page says about a classified file."""

from __future__ import annotations

from pathlib import Path

from dashboard.components import predicted_chart, predictions

RESULT = {"rows": 1500, "table_rows": 2000, "needs_review": 12, "truncated": 0, "rows_per_second": 2970.9}


def test_figures_leave_out_what_is_zero() -> None:
    assert predictions.figures(RESULT) == [
        ("Rows classified", "1,500"),
        ("Need review", "12"),
        ("Rows a second", "2,971"),
    ]
    assert ("Cut off", "3") in predictions.figures(RESULT | {"truncated": 3})


def test_nothing_that_is_missing_from_the_result_goes_unsaid() -> None:
    assert predictions.remarks(RESULT) == []
    said = predictions.remarks(
        RESULT | {"stopped": True, "empty": 1, "rejected": {"rows": 2}, "renamed": {"score": "score_1"}}
    )
    assert len(said) == 4
    assert "1,500 of 2,000 rows" in said[0]
    assert said[1].startswith("2 rows of the file could not be read")
    assert said[2].startswith("1 row had no text")
    assert "score is called score_1" in said[3].replace("column ", "").replace(" of the file", "")


def test_the_download_is_named_after_the_file() -> None:
    assert predictions.named("reviews.csv.gz", Path("predictions.csv")) == "reviews-classified.csv"
    assert predictions.named("", Path("predictions.csv")) == "texts-classified.csv"


def test_a_result_in_which_every_row_needs_review_says_why() -> None:
    said = predictions.remarks(RESULT | {"needs_review": RESULT["rows"]})
    assert len(said) == 1
    assert said[0].startswith("Every row needs review")


def test_rows_without_a_label_have_a_name_in_the_chart() -> None:
    table = predicted_chart.frame({"joy": 2, "": 1, "joy|fear": 3})
    assert table["label"].tolist() == ["joy|fear", "joy", "(no label)"]
    assert table["rows"].tolist() == [3, 2, 1]
