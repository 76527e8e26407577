"""`inspect senses` as the shell answers it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.core.commands.inspection.shell import answer, asked

TYPED = """money: the [[bank]] lends
money: a [[bank]] with branches
river: the muddy [[bank]]
river: reeds on the [[bank]]
river: no mark
"""


@pytest.fixture
def shell(home: Path, capsys: pytest.CaptureFixture[str]):  # noqa: ANN201
    """Runs the verb in this process; its exit code and what it said."""

    def run(*more: object) -> tuple[int, str]:
        return asked(capsys, "senses", *more)

    return run


def test_typed_lines_with_files_and_clusters(shell, tmp_path: Path) -> None:
    lines, file, drawn = tmp_path / "lines.txt", tmp_path / "curve.csv", tmp_path / "curve.svg"
    lines.write_text(TYPED)
    told = answer(shell("--typed", lines, "--clusters", "best", "--csv", file, "--picture", drawn, "--json"))
    assert (told["n"], told["layers"], told["senses"]) == (4, 6, {"bank": {"money": 2, "river": 2}})
    assert told["left_out"][0].startswith("line 5: no word is marked")
    static = [one for one in told["scores"] if one["name"] == "static"]
    assert [one["tied"] for one in static] == [4, 4, 4]
    assert [one["k"] for one in told["clusters"]["bank"]] == [1, 2, 3]
    assert told["statement"][0].startswith("Best by centroid: layer ")
    with file.open(newline="") as stream:
        assert len(list(csv.DictReader(stream))) == len(told["scores"])
    assert drawn.read_text().startswith("<svg")


def test_a_csv_and_a_word_box(shell, tmp_path: Path) -> None:
    table = tmp_path / "sheet.csv"
    table.write_text("sense,sentence\na,the bank lends\na,my bank account\nb,muddy bank\nb,bank of the stream\n")
    code, text = shell("--sentences", table, "--word", "bank", "--rule", "1-NN")
    assert code == 0 and "Best by 1-NN" in text and "most frequent" in text


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--example", "unicorn"], "There is no example"),
        (["--typed", "nowhere.txt"], "is no file"),
        (["--example", "bank", "--clusters", "99"], "There is no layer"),
    ],
)
def test_what_cannot_be_answered_is_told(shell, options: list[str], told: str) -> None:
    code, text = shell(*options)
    assert code != 0 and told in text and "Traceback" not in text


def test_lines_without_anything_usable_are_told(shell, tmp_path: Path) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text("a: <script>alert(1)</script>")
    code, text = shell("--typed", lines)
    assert code != 0 and "No sentence can be used" in text and "no word is marked" in text
