"""`inspect probing` as the shell answers it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.core.commands.inspection.shell import asked


@pytest.fixture
def shell(home: Path, capsys: pytest.CaptureFixture[str]):  # noqa: ANN201
    """Runs the verb in this process; its exit code and what it said."""

    def run(*more: object) -> tuple[int, str]:
        return asked(capsys, "probing", *more)

    return run


def test_every_layer_of_the_bundled_model_on_a_sample(shell, tmp_path: Path) -> None:
    file, drawn = tmp_path / "layers.csv", tmp_path / "layers.png"
    code, said = shell("--dataset", "food-reviews", "--csv", file, "--picture", drawn, "--json")
    told = json.loads(said)
    assert code == 0 and told["dataset"] == "food-reviews/1" and told["computed"] == 240
    assert [layer["layer"] for layer in told["layers"]] == list(range(7))
    assert told["best"]["accuracy"]["over_majority"]["low"] > 0.2
    with file.open(newline="") as stream:
        assert [row["layer"] for row in csv.DictReader(stream)] == ["static", *"0123456"]
    assert drawn.read_bytes().startswith(b"\x89PNG")
    code, said = shell("--dataset", "food-reviews", "--metric", "f1_macro", "--train", 100)
    assert code == 0 and "0 (the others came from the cache)" in said
    assert "100 of 192 train rows were drawn (seed 0)" in said and "Macro-F1 is highest at layer" in said


def test_raw_text_has_no_labels_to_probe(shell) -> None:
    code, said = shell("--dataset", "cellar-story")
    assert code == 1 and "raw text without labels" in said
