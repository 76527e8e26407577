"""The shell, as a person and as a program use it: one JSON object, exit codes, sentences, nothing heavy at start."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core import cli

ROOT = Path(__file__).resolve().parents[2]
TFIDF = ("train", "--dataset", "food-reviews", "--method", "tfidf", "--name", "m")
Shell = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """Runs verbs in a home that all tests of this file share; the embedded worker leaves soon after the last."""
    home = tmp_path_factory.mktemp("cli") / "home"
    environment = {
        **os.environ,
        "AMONTILLADO_HOME": str(home),
        "AMONTILLADO_USER": "tester",
        "AMONTILLADO_WORKER_IDLE_SECONDS": "15",
        "AMONTILLADO_RUN_THREADS": "1",
    }

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "core", *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)

    run.environment = environment  # type: ignore[attr-defined]
    return run


def answer(ended: subprocess.CompletedProcess[str]) -> Any:
    """The one JSON object on standard output."""
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
    return json.loads(ended.stdout)


@pytest.fixture(scope="module")
def trained(shell: Shell) -> dict[str, Any]:
    """A model trained on the sample dataset."""
    return dict(answer(shell("train", "--dataset", "food-reviews", "--method", "tfidf", "--name", "words", "--json")))


@pytest.mark.slow
def test_a_home_is_ready_at_the_first_call(shell: Shell) -> None:
    listed = answer(shell("models", "list", "--json"))
    assert [model["name"] for model in listed["models"]] == ["all-MiniLM-L6-v2"]
    datasets = answer(shell("data", "list", "--json"))["datasets"]
    assert {item["spec"] for item in datasets} == {"cellar-story/1", "food-reviews/1", "support-tickets/1"}


@pytest.mark.slow
def test_train_waits_and_tells_scores_with_their_rows(shell: Shell, trained: dict[str, Any]) -> None:
    assert trained["model"]["spec"] == "words/1" and trained["run"]["status"] == "finished"
    test = next(score for score in trained["scores"] if score["split"] == "test")
    assert test["rows"] > 0 and test["metrics"]["f1_macro"]["low"] <= test["metrics"]["f1_macro"]["value"]
    assert answer(shell("runs", "show", trained["run"]["id"], "--json"))["run"]["created_by"] == "tester"
    shown = shell("models", "show", "words")
    assert shown.returncode == 0 and "words/1" in shown.stdout and "macro-F1" in shown.stdout


@pytest.mark.slow
def test_the_main_job_from_a_file_to_a_file(shell: Shell, trained: dict[str, Any], tmp_path: Path) -> None:
    table = tmp_path / "texts.csv"
    table.write_text("id,text\n1,The pizza was cold and greasy.\n2,Best soup I ever had!\n")
    result = tmp_path / "result.csv"
    told = answer(shell("predict", "--model", "words", "--input", table, "--output", result, "--json"))
    assert told["rows"] == 2 and told["output"] == str(result)
    with result.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["id"] for row in rows] == ["1", "2"] and {row["model"] for row in rows} == {"words/1"}
    scored = answer(shell("evaluate", "--model", "words", "--dataset", "food-reviews", "--split", "train", "--json"))
    assert scored["score"]["split"] == "train"
    compared = answer(shell("compare", "--models", "words", "words", "--dataset", "food-reviews", "--json"))
    assert compared["winner"] == ""


@pytest.mark.slow
def test_a_model_goes_out_and_comes_in(shell: Shell, trained: dict[str, Any], tmp_path: Path) -> None:
    archive = tmp_path / "words.zip"
    answer(shell("models", "export", "words", "--output", archive, "--json"))
    assert answer(shell("models", "import", archive, "--name", "guest", "--json"))["model"]["spec"] == "guest/1"
    assert answer(shell("models", "verify", "guest", "--json"))["verified"]["golden_rows"] == 20
    answer(shell("models", "tag", "guest/1", "visiting", "--json"))
    answer(shell("models", "describe", "guest", "A guest.", "--json"))
    answer(shell("models", "alias", "guest/1", "champion", "--expected", 0, "--json"))
    refused = shell("models", "delete", "guest", "--json")
    assert refused.returncode == 1 and "champion" in json.loads(refused.stdout)["error"]
    answer(shell("models", "alias", "guest/1", "champion", "--drop", "--json"))
    answer(shell("models", "rename", "guest", "visitor", "--json"))
    answer(shell("models", "delete", "visitor/1", "--json"))
    assert answer(shell("models", "gc", "--json"))["removed"]["artifacts"] == 0


@pytest.mark.slow
def test_ctrl_c_ends_the_waiting_and_not_the_run(shell: Shell) -> None:
    command = [sys.executable, "-m", "core", "train", "--dataset", "support-tickets", "--method", "linear_probe"]
    waiting = subprocess.Popen(
        [*command, "--name", "patient"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=shell.environment,  # type: ignore[attr-defined]
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background is deaf to Ctrl-C
    )  # fmt: skip
    assert waiting.stderr is not None
    waiting.stderr.readline()
    waiting.send_signal(signal.SIGINT)
    _, said = waiting.communicate(timeout=60)
    assert waiting.returncode == 1 and "goes on" in said and "runs cancel" in said and "Traceback" not in said
    [run] = [run for run in answer(shell("runs", "list", "--json"))["runs"] if "patient" in run["title"]]
    assert run["status"] in ("queued", "running")
    assert answer(shell("runs", "cancel", run["id"], "--json"))["run"]["stop_request"] == "discard"
    deadline = time.monotonic() + 60
    while answer(shell("runs", "show", run["id"], "--json"))["run"]["status"] != "cancelled":
        assert time.monotonic() < deadline
    again = shell("runs", "cancel", run["id"])
    assert again.returncode == 1 and "already cancelled" in again.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("data", "check", "nowhere.csv"), "cannot be read"),
        (("data", "show", "nothing"), "nothing"),
        (("train", "--dataset", "nothing", "--method", "tfidf", "--name", "m"), "nothing"),
        (("train", "--dataset", "food-reviews", "--method", "magic", "--name", "m"), "no method 'magic'"),
        (("train", "--dataset", "food-reviews", "--method", "tfidf", "--name", "m", "--set", "C"), "key=value"),
        (
            ("train", "--dataset", "food-reviews", "--method", "tfidf", "--name", "m", "--set", "x=1"),
            "no parameter 'x'",
        ),
        (
            ("predict", "--model", "nothing", "--input", "README.md", "--output", "/nowhere/x.csv"),
            "no place for a file",
        ),
        (("evaluate", "--model", "all-MiniLM-L6-v2", "--dataset", "food-reviews"), "pretrained"),
        (("models", "show", "all-MiniLM-L6-v2/7"), "7"),
        (("models", "import", "nowhere.zip"), "nowhere.zip"),
        (("models", "alias", "all-MiniLM-L6-v2/1", "latest"), "latest"),
        (("runs", "show", "nothing"), "nothing"),
        (("db", "restore", "nowhere"), "holds no registry.db"),
    ],
)
def test_a_persons_problem_is_one_sentence_and_exit_1(shell: Shell, arguments: tuple[str, ...], said: str) -> None:
    ended = shell(*arguments, "--json")
    assert ended.returncode == 1
    assert said in json.loads(ended.stdout)["error"] and said in ended.stderr
    assert "Traceback" not in ended.stderr and len(ended.stderr.strip().splitlines()) == 1


@pytest.mark.slow
def test_doctor_and_a_backup(shell: Shell, trained: dict[str, Any], tmp_path: Path) -> None:
    examined = answer(shell("doctor", "--json"))
    assert {check["name"] for check in examined["checks"]} >= {"versions", "disk", "database", "files", "worker"}
    assert answer(shell("db", "upgrade", "--json"))["home"]
    assert answer(shell("db", "backup", tmp_path / "backup", "--json"))["artifacts"] >= 4


@pytest.mark.parametrize(
    "arguments", [[], ["fly"], ["train"], ["models"], ["runs", "list", "--status", "lost"], ["train", "--seed", "x"]]
)
def test_wrong_usage_is_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == "" and "usage:" in told.err


@pytest.mark.parametrize("arguments", [["--help"], ["train", "--help"], ["models", "import", "--help"]])
def test_help_is_exit_0(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 0
    assert "usage:" in capsys.readouterr().out


def test_a_defect_is_a_sentence_and_its_traceback_is_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "logs").mkdir(parents=True)
    monkeypatch.setattr("core.commands.runs.workspace", lambda: 1 / 0)
    assert cli.main(["runs", "list", "--json"]) == 1
    told = capsys.readouterr()
    assert "Something went wrong" in json.loads(told.out)["error"] and "Traceback" not in told.err
    assert "ZeroDivisionError" in (home / "logs" / "cli.log").read_text()


def test_a_home_that_cannot_be_made_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("AMONTILLADO_HOME", str(tmp_path / "file" / "home"))
    assert cli.main(["models", "list"]) == 1
    told = capsys.readouterr().err
    assert "The system refused" in told and len(told.strip().splitlines()) == 1


@pytest.mark.slow
@pytest.mark.parametrize("verb", [("models", "list"), ("runs", "list"), ("data", "list")])
def test_listing_imports_nothing_heavy(shell: Shell, trained: dict[str, Any], verb: tuple[str, ...]) -> None:
    heavy = ("torch", "transformers", "sklearn", "pandas", "numpy", "alembic", "pyarrow")
    listed = f"[name for name in {heavy!r} if name in sys.modules]"
    code = f"import sys; from core.cli import main; main({list(verb)!r}); print({listed})"
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
        env=shell.environment,  # type: ignore[attr-defined]
    )  # fmt: skip
    assert ended.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
def test_raw_text_is_checked_saved_and_shown_and_not_trained_on(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The bank was closed. We left.\n\nThe river bank was wet!\n")
    (tmp_path / "b.txt").write_bytes(b"a\0b")
    raw = ("--raw", "--also", tmp_path / "b.txt", "--documents", "blank_line", "--holdout", "0")
    report = answer(shell("data", "check", tmp_path / "a.txt", *raw, "--json"))
    assert (report["files_in"], report["files_read"], report["files_refused"]) == (2, 1, 1)
    assert (report["documents"], report["sentences"]) == (2, 3)
    saved = answer(shell("data", "add", tmp_path / "a.txt", *raw, "--name", "river", "--json"))["dataset"]
    assert saved["spec"] == "river/1" and saved["problem_type"] == "raw_text" and saved["rows"]["train"] == 3
    shown = shell("data", "show", "river")
    assert "sentences    train 3" in shown.stdout and "b.txt" in shown.stdout and "NUL" in shown.stdout
    refused = shell("train", "--dataset", "river", "--method", "tfidf", "--name", "m")
    assert refused.returncode == 1 and "raw text without labels" in refused.stderr
    wrong = shell("data", "check", tmp_path / "a.txt", "--raw", "--label-column", "x")
    assert wrong.returncode == 1 and "no labels" in wrong.stderr


@pytest.mark.slow
def test_an_example_of_a_pre_training_is_shown_piece_by_piece(shell: Shell) -> None:
    asked = ("inspect", "example", "--dataset", "cellar-story", "--number", "2", "--max-length", "32")
    found = answer(shell(*asked, "--json"))
    assert found["pieces"][0]["piece"] == "[CLS]" and len(found["pieces"]) <= 32
    assert sum(each["chosen"] for each in found["pieces"]) == sum(list(found["counts"].values())[1:])
    assert found["seed"] == {"seed": 42, "epoch": 0, "buffer": 0, "example": 1}
    assert "in the text" in shell(*asked, "--objective", "mlm_sop", "--whole-words").stdout
    assert "no example 9999" in shell("inspect", "example", "--dataset", "cellar-story", "--number", "9999").stderr
    assert "labelled rows" in shell("inspect", "example", "--dataset", "food-reviews").stderr
