"""`inspect compare` as the shell answers it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.core.commands.inspection.shell import asked

NAME = "all-MiniLM-L6-v2"
SENTENCES = ("--sentence", "The bank raised its rates.", "--sentence", "We sat on the bank of a river.")


@pytest.fixture
def shell(home: Path, capsys: pytest.CaptureFixture[str]):  # noqa: ANN201
    """Runs the verb in this process; its exit code and what it said."""

    def run(*more: object) -> tuple[int, str]:
        return asked(capsys, "compare", *more)

    return run


def test_a_model_beside_itself(shell, tmp_path: Path) -> None:
    file, drawn = tmp_path / "layers.csv", tmp_path / "cka.svg"
    code, said = shell("--before", NAME, *SENTENCES, "--heads", "--csv", file, "--picture", drawn, "--json")
    told = json.loads(said)
    assert code == 0 and (told["before"], told["after"], told["words"]) == (f"{NAME}/1", f"{NAME}/1", 13)
    assert [round(row["cka"], 6) for row in told["layers"]] == [1.0] * 7
    assert max(abs(row["shift"]) for row in told["layers"]) < 1e-6
    assert len(told["heads"]) == 72 and not any(row["change"] for row in told["heads"])
    with file.open(newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 7
    assert drawn.read_text().startswith("<svg")
    words = tmp_path / "words.csv"
    code, said = shell("--before", NAME, *SENTENCES, "--words", "--csv", words)
    assert code == 0 and "bank" in said and "the same in every layer" in said
    with words.open(newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 13


def test_what_cannot_be_compared_is_told(shell) -> None:
    assert "A second model is wanted" in shell(*SENTENCES)[1]
    assert "one place" in shell("--before", NAME)[1]
    code, said = shell("--before", NAME, "--sentence", "?!")
    assert code == 1 and "both models read in these texts: 0" in said
