"""`inspect fill-mask` as the shell answers it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from core.jobs.models import import_model
from core.jobs.workspace import open_workspace
from tests.core.commands.inspection.shell import answer, asked
from tests.core.inspection.fill_mask.masked_models import deaf

KNOWN = {"pizza": 0.4, "soup": 0.2, "c": 0.05, "##a": 0.02, "##t": 0.01}


@pytest.fixture
def shell(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):  # noqa: ANN201
    """Runs the verb on a model that ignores its text; its exit code and what it said."""
    with closing(open_workspace()) as registry:
        import_model(registry, str(deaf(tmp_path / "deaf", KNOWN)), name="deaf", who="ada")

    def run(text: str, *more: object, model: str = "deaf") -> tuple[int, str]:
        return asked(capsys, "fill-mask", "--model", model, "--text", text, *more)

    return run


def test_masks_by_themselves_and_together(shell, tmp_path: Path) -> None:
    told = answer(shell("[MASK] and [MASK]", "--top", "2", "--json"))
    assert [[each["piece"] for each in mask] for mask in told["masks"]] == [["pizza", "soup"]] * 2
    assert told["masks"][0][0]["probability"] == pytest.approx(0.4)
    assert told["together"][0]["log_probability"] == pytest.approx(2 * np.log(0.4)) and not told["differs"]
    code, text = shell("[MASK] and [MASK]", "--csv", tmp_path / "a.csv", "--picture", tmp_path / "a.svg")
    assert code == 0 and "pizza and pizza" in text and "gives the same" in text
    assert (tmp_path / "a.csv").read_text().startswith("mask,rank,piece")


def test_candidates(shell) -> None:
    told = answer(shell("the [MASK]", "--candidates", 'cat, soup, "pizza", 😀', "--json"))
    assert [(each["rank"], each["candidate"]) for each in told["candidates"]] == [
        (1, "pizza"), (2, "soup"), (3, "cat"), (None, "😀"),
    ]  # fmt: skip
    assert told["candidates"][2]["sum"]["pll"] == pytest.approx(np.log(0.05 * 0.02 * 0.01))
    assert told["candidates"][3]["sum"]["pll"] is None and "[UNK]" in told["candidates"][3]["problem"]
    code, text = shell("the [MASK]", "--candidates", "cat, 😀", "--mean", "--method", "pll")
    assert code == 0 and "nan" not in text and "Salazar" in text and "c ##a ##t" in text


def test_wrong_requests_are_told_in_a_sentence(shell) -> None:
    for said, wanted in (
        (shell("no mask"), "no mask"),
        (shell("[MASK]", "--top", "0"), "--top"),
        (shell("[MASK]", "--candidates", "cat", "--mask", "2"), "no mask 2"),
        (shell("[MASK]", model="all-MiniLM-L6-v2"), "no masked-word head"),
    ):
        assert said[0] == 1 and wanted in said[1] and "Traceback" not in said[1]
