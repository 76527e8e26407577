"""`inspect attention` as the shell answers it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.core.commands.inspection.shell import answer, asked

TEXT = "The bank raised its rates unexpectedly."


@pytest.fixture
def shell(home: Path, capsys: pytest.CaptureFixture[str]):  # noqa: ANN201
    """Runs the verb in this process; its exit code and what it said."""

    def run(*more: object) -> tuple[int, str]:
        return asked(capsys, "attention", *more)

    return run


def test_all_heads_in_numbers(shell, tmp_path: Path) -> None:
    file, drawn = tmp_path / "heads.csv", tmp_path / "heads.svg"
    told = answer(shell("--text", TEXT, "--statistic", "sep", "--csv", file, "--picture", drawn, "--json"))
    assert (told["layers"], told["heads"], len(told["overview"])) == (6, 12, 72)
    assert all(0 <= row["entropy_share"] <= 1 for row in told["overview"])
    with file.open(newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 72
    assert drawn.read_text().startswith("<svg")
    code, text = shell("--text", TEXT)
    assert code == 0 and "not an explanation" in text and text.count("\n") > 72


def test_one_head_word_by_word(shell, tmp_path: Path) -> None:
    file, drawn = tmp_path / "head.csv", tmp_path / "head.png"
    one = ("--text", TEXT, "--pair", "Nobody liked it.", "--layer", 3, "--head", 2)
    told = answer(shell(*one, "--csv", file, "--picture", drawn, "--drawn", "lines", "--json"))
    assert [row["text"] for row in told["rows"]][:6] == ["The", "bank", "raised", "its", "rates", "unexpectedly"]
    for row, specials, elsewhere in zip(told["weights"], told["to_specials"], told["elsewhere"], strict=True):
        assert sum(row) + specials + elsewhere == pytest.approx(1, abs=1e-5)
    assert told["hidden"] == pytest.approx(sum(told["to_specials"]) / len(told["rows"]), abs=1e-5)
    assert drawn.read_bytes().startswith(b"\x89PNG")
    with file.open(newline="") as stream:
        assert len(list(csv.reader(stream))) == len(told["rows"]) + 1
    whole = answer(shell(*one, "--specials", "--pieces", "--json"))
    assert whole["hidden"] == pytest.approx(0, abs=1e-6) and len(whole["rows"]) == whole["pieces"]
    across = answer(shell(*one, "--direction", "second_to_first", "--rows", "2:2", "--json"))
    assert [row["text"] for row in across["rows"]] == ["liked"]
    assert {column["part"] for column in across["columns"]} == {1}


def test_the_mean_of_a_layer(shell) -> None:
    code, text = shell("--text", TEXT, "--layer", 6)
    assert code == 0 and "mean of all heads" in text and "Not drawn:" in text


@pytest.mark.parametrize(("more", "said"), [
    (("--text", ""), "The text is empty"),
    (("--text", "a", "--head", 3), "Name it with --layer"),
    (("--text", "a", "--layer", 7), "layers 1 to 6"),
    (("--text", "a", "--layer", 1, "--rows", "x"), "1:60"),
    (("--text", "a", "--statistic", "other"), "Give --pair"),
    (("--text", "a", "--layer", 1, "--direction", "first_to_second"), "needs two texts"),
    (("--text", "a " * 90, "--layer", 1, "--drawn", "lines", "--picture", "x.svg"), "cannot be read"),
])  # fmt: skip
def test_problems_are_told(shell, more: tuple[object, ...], said: str) -> None:
    code, text = shell(*more)
    assert code == 1 and said in text


def test_a_long_text_says_what_is_seen(shell) -> None:
    told = answer(shell("--text", "good soup " * 1000, "--layer", 1, "--rows", "1:2", "--json"))
    assert told["pieces"] == 512 and "sees the first" in told["notes"][0]
