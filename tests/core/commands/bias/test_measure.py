"""`bias measure`, `results`, `measures`, `lists`: asked in this process, answered as programs read it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from core import cli
from core.jobs.workspace import open_workspace
from registry import runs
from registry.session import Registry

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "faults"))

from small_world import run_here  # noqa: E402

BERT = "all-MiniLM-L6-v2"


@pytest.fixture
def workspace(home: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """A prepared workspace; no worker is started for it."""
    monkeypatch.setenv("AMONTILLADO_WORKER", "external")
    return open_workspace()


def asked(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    """The exit code of `bias WORDS --json`, and what it answered."""
    code = cli.main(["bias", *map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_battery_is_queued_measured_and_read_back(workspace: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = asked(
        capsys, "measure", "--model", BERT, "--measure", "weat", "--test", "weat6", "--test", "WEAT 7", "--seed", 3,
        "--set", "vectors=input_embedding", "--detach",
    )  # fmt: skip
    assert code == 0
    with workspace.read() as session:
        ended = run_here(workspace, runs.get(session, said["run"]["id"]))
    assert ended.status == "finished", ended.error
    code, said = asked(capsys, "results", "--model", BERT)
    assert code == 0 and said["model"] == f"{BERT}/1"
    assert {one["inputs"]["name"] for one in said["results"]} == {"WEAT 6", "WEAT 7"}
    for one in said["results"]:
        assert one["settings"]["seed"] == 3 and one["settings"]["vectors"] == "input_embedding"
        assert one["found"]["headline"]["chance"]["battery"] == 2
    assert cli.main(["bias", "results", "--model", BERT]) == 0
    text = capsys.readouterr().out
    assert "WEAT 6" in text and "Male names" in text and "neutral" in text


def test_own_lists_are_read_from_a_file(
    workspace: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["set,role,word"]
    sides = {"Цветы": ("target", "роза лилия тюльпан ирис"), "Насекомые": ("target", "муха жук оса блоха"),
             "Good": ("attribute", "love peace joy health"), "Bad": ("attribute", "war evil agony filth")}  # fmt: skip
    for name, (role, words) in sides.items():
        rows += [f"{name},{role},{word}" for word in words.split()]
    own = tmp_path / "own.csv"
    own.write_text("\n".join(rows), encoding="utf-8")
    code, said = asked(capsys, "measure", "--model", BERT, "--measure", "weat", "--word-sets", own, "--detach")
    assert code == 0
    with workspace.read() as session:
        assert run_here(workspace, runs.get(session, said["run"]["id"])).status == "finished"
    _, said = asked(capsys, "results", "--model", BERT)
    assert list(said["results"][0]["inputs"]["words"]["targets"]) == ["Цветы", "Насекомые"]


WRONG = (
    (("--measure", "magic"), "no bias measure 'magic'"),
    (("--measure", "weat"), "No word list was named"),
    (("--measure", "weat", "--test", "nothing"), "no shipped word list"),
    (("--measure", "weat", "--word-sets", "absent.csv"), "absent.csv cannot be read"),
    (("--measure", "weat", "--test", "weat6", "--set", "layr=1"), "no parameter 'layr'"),
)


def test_a_wrong_wish_is_one_sentence(workspace: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    for words, sentence in WRONG:
        code, said = asked(capsys, "measure", "--model", BERT, *words)
        assert code == 1 and sentence in said["error"]


def test_measures_and_lists_are_told_with_their_source(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = asked(capsys, "measures")
    weat = next(one for one in said["measures"] if one["name"] == "weat")
    assert code == 0 and weat["neutral"] == 0 and "Caliskan" in weat["source"] and weat["criticisms"]
    code, said = asked(capsys, "lists")
    assert code == 0 and {f"WEAT {number}" for number in range(1, 11)} <= {one["name"] for one in said["lists"]}
    assert all(one["source"] for one in said["lists"])
