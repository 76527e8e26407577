"""What the charts of a dataset show, and what they say in words."""

from __future__ import annotations

from dashboard.components import charts

COUNTS = {
    "good": {"train": 8, "validation": 1, "test": 1},
    "bad": {"train": 20, "validation": 3, "test": 0},
}
LENGTHS = {
    "unit": "tokens",
    "max_length": 12,
    "measured": 50,
    "sampled": False,
    "median": 7.0,
    "longest": 90,
    "truncated": 1,
    "truncated_share": 0.02,
    "bins": [{"from": 0, "to": 5, "count": 9}, {"from": 5, "to": 10, "count": 40}, {"from": 10, "to": 91, "count": 1}],
}


def test_every_row_is_in_the_balance() -> None:
    frame = charts.balance_frame(COUNTS)
    assert frame["rows"].sum() == 33
    assert frame[frame["split"] == "test"].set_index("label")["rows"].to_dict() == {"good": 1, "bad": 0}


def test_a_split_without_rows_is_not_drawn() -> None:
    assert set(charts.balance_frame({"a": {"train": 3, "validation": 0, "test": 0}})["split"]) == {"train"}


def test_balance_in_words_names_the_largest_first() -> None:
    assert charts.balance_words(charts.balance_frame(COUNTS), ["bad", "good"]).endswith("bad 23, good 10")


def test_the_open_last_bin_is_as_wide_as_the_others_and_says_so() -> None:
    frame = charts.lengths_frame(LENGTHS["bins"])
    assert frame["end"].tolist() == [5, 10, 15]
    assert frame["range"].tolist() == ["0 to 4", "5 to 9", "10 or more"]
    assert frame["texts"].sum() == 50


def test_the_line_stands_where_the_maximum_cuts_and_only_in_sight() -> None:
    near = charts.lengths_chart(charts.lengths_frame(LENGTHS["bins"]), LENGTHS).to_dict()
    far = charts.lengths_chart(charts.lengths_frame(LENGTHS["bins"]), {**LENGTHS, "max_length": 512}).to_dict()
    assert [{"cut": 12}] in near["datasets"].values()
    assert [{"cut": 512}] not in far["datasets"].values()


def test_lengths_in_words() -> None:
    assert charts.lengths_words(LENGTHS) == (
        "Half of the texts have at most 7 tokens, the longest has 90. "
        "The model sees 12 tokens: 1 text (2.0 %) are cut there."
    )
    uncut = {**LENGTHS, "truncated": 0, "sampled": True, "measured": 50_000}
    assert charts.lengths_words(uncut).endswith("no text is cut. Measured on 50,000 texts drawn at random.")
