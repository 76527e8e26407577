"""`bias passport` and `bias compare`: files, answers for programs, and exit codes for CI."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core import cli
from core.bias.found import Figure, Found
from core.jobs.workspace import open_workspace
from registry.session import Registry
from tests.core.bias.keeping import keep, version

BERT = "all-MiniLM-L6-v2"


def found(value: float, half: float = 0.1) -> Found:
    return Found(Figure("d", "Effect size d", value, 0.0, value - half, value + half, "95 % bootstrap", 16, "words"))


@pytest.fixture
def registry(home: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """Two versions that were measured alike; no worker is started."""
    monkeypatch.setenv("AMONTILLADO_WORKER", "external")
    opened = open_workspace()
    version(opened, BERT, "mine", parent=BERT)
    keep(opened, BERT, found(0.2))
    return opened


def asked(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    code = cli.main(["bias", *map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_passport_is_told_and_written(
    registry: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, section = tmp_path / "p.csv", tmp_path / "p.md"
    code, said = asked(capsys, "passport", "--model", BERT, "--csv", table, "--markdown", section)
    assert code == 0 and said["lines"][0]["headline"]["value"] == 0.2 and said["not_measured"]
    assert table.read_text(encoding="utf-8-sig").startswith("model,family,measure")
    assert "## Bias of" in section.read_text(encoding="utf-8")
    assert cli.main(["bias", "passport", "--model", BERT]) == 0
    text = capsys.readouterr().out
    assert "no overall score" in text and "0.200 [0.100, 0.300]" in text and "Not measured:" in text


def test_a_file_that_cannot_be_written_is_one_sentence(
    registry: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = asked(capsys, "passport", "--model", BERT, "--csv", tmp_path / "absent" / "p.csv")
    assert code == 1 and "cannot be written" in said["error"]


@pytest.mark.parametrize(("value", "half", "failed"), [(0.9, 0.1, 1), (0.3, 0.1, 0), (0.0, 0.05, 0), (-0.9, 0.1, 1)])
def test_only_what_went_away_from_neutral_beyond_doubt_fails(
    registry: Registry, capsys: pytest.CaptureFixture[str], value: float, half: float, failed: int
) -> None:
    keep(registry, "mine", found(value, half))
    code, said = asked(capsys, "compare", "--models", BERT, "mine", "--fail-if-worse")
    assert code == failed and said["worse"] == (["WEAT (WEAT 6)"] if failed else [])
    assert asked(capsys, "compare", "--models", BERT, "mine")[0] == 0


def test_nothing_in_common_does_not_pass_as_good(registry: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = asked(capsys, "compare", "--models", BERT, "mine", "--fail-if-worse")
    assert code == 1 and "Nothing was measured in the same way" in said["error"]
    assert cli.main(["bias", "compare", "--models", BERT, "mine"]) == 0
    assert f"Only on {BERT}/1: WEAT (WEAT 6)." in capsys.readouterr().out


def test_versions_stand_side_by_side_for_people(registry: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    keep(registry, "mine", found(0.25))
    assert cli.main(["bias", "compare", "--models", BERT, "mine"]) == 0
    text = capsys.readouterr().out
    assert "+0.050" in text and "cannot be told apart" in text and "by chance" in text
