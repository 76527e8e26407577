"""`inspect tokens` and `inspect vocabulary` as the shell answers them."""

from __future__ import annotations

import csv
from contextlib import closing
from pathlib import Path

import pytest

from tests.core.commands.inspection.shell import answer, asked


@pytest.fixture
def shell(home: Path, capsys: pytest.CaptureFixture[str]):  # noqa: ANN201
    """Runs a verb of inspect in this process; its exit code and what it said."""

    def run(*more: object) -> tuple[int, str]:
        return asked(capsys, *more)

    return run


def test_a_text_with_its_files(shell, tmp_path: Path) -> None:
    file, drawn = tmp_path / "pieces.csv", tmp_path / "pieces.svg"
    asked = ("tokens", "--text", "The CAFÉ, <b>embeddings</b> 😀 [MASK]", "--csv", file, "--picture", drawn)
    told = answer(shell(*asked, "--json"))
    assert told["pieces"][0]["piece"] == "[CLS]" and told["max_length"] == 512
    assert "".join(each["text"] for each in told["stretches"][0]) == asked[2]
    assert any("uncased" in note for note in told["notes"])
    with file.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["piece"] for row in rows] == [each["piece"] for each in told["pieces"]]
    assert drawn.read_text().startswith("<svg")
    code, text = shell(*asked, "--pair", "soup", "--specials")
    assert code == 0 and "typed special" in text and "Written:" in text


def test_pieces_a_word_of_a_dataset(shell) -> None:
    told = answer(shell("tokens", "--dataset", "food-reviews", "--most", "50", "--json"))
    assert (told["texts"], told["found"]) == (50, 240)
    assert told["value"]["low"] < told["value"]["value"] == told["pieces"] / told["words"] < told["value"]["high"]
    assert sum(each["words"] for each in told["distribution"]) == told["words"]
    code, text = shell("tokens", "--dataset", "cellar-story")
    assert code == 0 and "pieces a word" in text and "split word" in text


def test_wrong_requests_are_told_in_a_sentence(shell) -> None:
    for wrong in ((), ("--text", "a", "--dataset", "food-reviews"), ("--dataset", "food-reviews", "--most", "0")):
        code, text = shell("tokens", *wrong)
        assert code == 1 and "Traceback" not in text
    code, text = shell("vocabulary", "--other", "all-MiniLM-L6-v2", "--picture", "a.svg")
    assert code == 1 and "picture" in text


def test_two_vocabularies(shell, tmp_path: Path) -> None:
    from core.jobs.models import import_model
    from core.jobs.workspace import open_workspace
    from tests.core.encoding.tiny_models import tiny_body

    with closing(open_workspace()) as registry:
        import_model(registry, str(tiny_body(tmp_path / "tiny")), name="tiny", who="ada")
    told = answer(shell("vocabulary", "--other", "tiny", "--text", "pizza embeddings", "--json"))
    assert (
        told["size"][0] == 30522 and told["shared"] + len(told["only_second"]) + told["special"][1] == told["size"][1]
    )
    assert [side["pieces"] for side in told["measured"]] == [5, 11]
    assert told["difference"]["what"] == "pieces a word"
    code, text = shell("vocabulary", "--other", "tiny", "--csv", tmp_path / "entries.csv")
    assert code == 0 and "ordinary pieces in both" in text
    assert (tmp_path / "entries.csv").read_text().startswith("piece,in")
