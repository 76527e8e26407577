"""`inspect attribution` as the shell answers it."""

from __future__ import annotations

import csv
from contextlib import closing
from pathlib import Path

import pytest

from core.jobs.models import import_model
from core.jobs.workspace import open_workspace
from tests.core.commands.inspection.shell import answer, asked
from tests.core.encoding.tiny_models import tiny_classifier

LABELS = ("bad", "good", "so so")
TEXT = "the pizza was very good and the waiter was not bad"


@pytest.fixture
def shell(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):  # noqa: ANN201
    """Runs the verb on a random classifier; its exit code and what it said."""
    tiny_classifier(tmp_path / "made", LABELS)
    with closing(open_workspace()) as registry:
        import_model(registry, str(tmp_path / "made"), name="tiny", who="ada")

    def run(text: str, *more: object, model: str = "tiny") -> tuple[int, str]:
        return asked(capsys, "attribution", "--model", model, "--text", text, *more)

    return run


def test_all_methods_with_files(shell, tmp_path: Path) -> None:
    files = ("--csv", tmp_path / "a.csv", "--picture", tmp_path / "a.svg")
    told = answer(shell(TEXT, "--all-methods", "--faithfulness", "--json", *files))
    by_name = {one["method"]: one for one in told["attributions"]}
    assert list(by_name) == ["occlusion", "integrated_gradients", "gradient_norm", "attention"]
    gradients = by_name["integrated_gradients"]
    assert gradients["error"] < 0.01 and gradients["total"] == pytest.approx(sum(gradients["piece_scores"]), abs=1e-5)
    assert len(told["agreement"]) == 6 and set(told["faithfulness"]["methods"]) == set(by_name)
    rows = list(csv.reader((tmp_path / "a.csv").open(encoding="utf-8")))
    assert rows[0] == ["number", "part", "start", "end", "text", *by_name]
    assert float(rows[1][6]) == gradients["units"][0]["score"]
    assert (tmp_path / "a.svg").read_text().startswith("<svg")


def test_the_text_tells_what_it_adds_up_to(shell) -> None:
    code, text = shell(TEXT, "--method", "integrated_gradients", "--label", "good", "--contrast", "--baseline", "zero")
    assert code == 0
    assert "good against" in text and "completeness error" in text and "minus F(baseline)" in text


def test_a_part_of_a_long_text_is_explained_as_if_it_were_all(shell) -> None:
    text = "the pizza was good . " * 60
    first, other = (answer(shell(text, "--part", part, "--json"))["attributions"][0] for part in (1, 2))
    assert text.startswith(first["texts"][0] + " " + other["texts"][0][:10]) and len(first["texts"][0]) < len(text) / 2


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("good", ("--part", "2"), "no part 2"),
        ("  ", (), "has no words"),
        ("good", ("--label", "wonderful"), "no label 'wonderful'"),
        ("good", ("--method", "contributions"), "does not work on this classifier"),
    ],
)
def test_problems_are_told(shell, text: str, more: tuple[str, ...], said: str) -> None:
    code, found = shell(text, *more)
    assert code != 0 and said in found


def test_a_model_without_labels_is_refused_and_stays_ready(shell) -> None:
    code, found = shell("good", model="all-MiniLM-L6-v2")
    assert code != 0 and "pretrained model" in found
    with closing(open_workspace()) as registry, registry.read() as session:
        from registry import models

        assert models.get(session, "all-MiniLM-L6-v2").status == "ready"
