"""Cells, column names and the state of a growing file."""

from __future__ import annotations

import pytest

from core.inference.output import PredictionFile, our_columns, renamed, safe

OURS = our_columns(("a", "b"))


def test_our_columns() -> None:
    assert OURS == ["prediction", "score", "prob_a", "prob_b", "needs_review", "truncated", "model"]


def test_input_columns_give_way_and_stay_apart() -> None:
    columns = ["id", "prediction", "input_prediction", "prob_a"]
    assert renamed(columns, OURS) == {"prediction": "input_prediction_2", "prob_a": "input_prob_a"}
    assert renamed(["id", "text"], OURS) == {}


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", "-", "+", "--5", "-1e", "=-5"]
)
def test_what_a_spreadsheet_would_run_is_guarded(cell: str) -> None:
    assert safe(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "text", "5", "-5", "+3.25", "-1.5e-7", "a=b", "'=1", "mail@example.org"])
def test_texts_and_plain_numbers_stay(cell: str) -> None:
    assert safe(cell) == cell


def file(tmp_path, identity="one") -> PredictionFile:
    return PredictionFile(tmp_path / "out.csv", {"work": identity}, guard=True, bom=False)


def test_what_a_crash_left_behind_the_state_is_cut_off(tmp_path) -> None:
    first = file(tmp_path)
    tally = first.open(["text"])
    first.append([["one", "two"]], tally)
    with first.part.open("ab") as stream:
        stream.write(b"half a ro")
    again = file(tmp_path)
    tally = again.open(["text"])
    assert tally.rows == 2
    again.append([["three"]], tally)
    again.finish()
    assert (tmp_path / "out.csv").read_bytes() == b"text\r\none\r\ntwo\r\nthree\r\n"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("damage", ["other work", "short file", "broken state"])
def test_a_state_that_does_not_fit_is_begun_again(tmp_path, damage: str) -> None:
    first = file(tmp_path)
    first.append([["one"]], first.open(["text"]))
    if damage == "short file":
        first.part.write_bytes(b"te")
    if damage == "broken state":
        first.state.write_text('{"tally": {"rows"')
    again = file(tmp_path, "two" if damage == "other work" else "one")
    assert again.open(["text"]).rows == 0
    assert again.part.read_bytes() == b"text\r\n"
