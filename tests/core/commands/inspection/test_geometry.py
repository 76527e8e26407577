"""`inspect geometry` as the shell answers it: measured once, then kept."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.core.commands.inspection.shell import answer, asked

SMALL = ("--max-sentences", 60)


@pytest.fixture
def shell(home: Path, capsys: pytest.CaptureFixture[str]):  # noqa: ANN201
    """Runs the verb in this process; its exit code and what it said."""

    def run(*more: object) -> tuple[int, str]:
        return asked(capsys, "geometry", *more)

    return run


def test_shipped_sentences_with_files_then_from_what_was_kept(
    shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, drawn = tmp_path / "geometry.csv", tmp_path / "geometry.png"
    first = answer(shell(*SMALL, "--csv", file, "--picture", drawn, "--json"))
    assert (len(first["layers"]), first["counts"]["sentences"], first["kept"]) == (7, 60, False)
    assert first["layers"][6]["self_similarity_adjusted"] < first["layers"][0]["self_similarity_adjusted"]
    with file.open(newline="") as stream:
        assert [row["layer"] for row in csv.DictReader(stream)] == list("0123456")
    assert drawn.read_bytes().startswith(b"\x89PNG")

    def never(*_: object, **__: object) -> None:
        raise AssertionError("nothing may be computed")

    monkeypatch.setattr("core.inspection.geometry.measuring.measure", never)
    again = answer(shell(*SMALL, "--json"))
    assert again["kept"] and again["layers"] == first["layers"]
    code, text = shell(*SMALL)
    assert code == 0 and "Kept from before" in text and "self adj" in text


def test_rows_of_a_dataset_and_raw_text(shell) -> None:
    rows = answer(shell("--dataset", "food-reviews", "--max-sentences", 30, "--json"))
    story = answer(shell("--dataset", "cellar-story", "--max-sentences", 30, "--no-marks", "--json"))
    assert rows["counts"]["sentences"] == story["counts"]["sentences"] == 30
    assert rows["layers"] != story["layers"] and not story["settings"]["marks"]


def test_settings_without_sense_are_told(shell) -> None:
    code, text = shell("--max-sentences", 1)
    assert code != 0 and "sentences is 1" in text
    code, text = shell("--dataset", "unicorn")
    assert code != 0 and "unicorn" in text and "Traceback" not in text
