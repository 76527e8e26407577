"""`inspect word` and `inspect neighbours` as the shell answers them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.core.commands.inspection.shell import answer, asked

RIVER = "The [[bank]] of the river is steep."
MONEY = "A bank lends money to another bank."
ONE = ("neighbours", "--sentence", RIVER, "--dataset", "cellar-story", "--count", 4)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("words") / "home"


@pytest.fixture
def shell(prepared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # noqa: ANN201
    """Runs a verb in a home that all tests of this file share; its exit code and what it said."""
    monkeypatch.setenv("AMONTILLADO_HOME", str(prepared))

    def run(*more: object) -> tuple[int, str]:
        return asked(capsys, *more)

    return run


def test_marks_words_and_characters_choose(shell, tmp_path: Path) -> None:
    file, drawn = tmp_path / "pairs.csv", tmp_path / "matrix.svg"
    asked = ("word", "--sentence", RIVER, "--sentence", MONEY, "--word", "BANK", "--layer", 6)
    told = answer(shell(*asked, "--all", "--csv", file, "--picture", drawn, "--json"))
    assert [one["label"] for one in told["occurrences"]] == ["1. bank", "2. bank (1)", "2. bank (2)"]
    assert (told["layer"], len(told["pairs"]), len(told["maps"])) == (6, 3, 7)
    for pair in told["pairs"]:
        assert pair["static"] == pytest.approx(1, abs=1e-6)
        assert pair["minus_baseline"] == pytest.approx(pair["cosine"] - told["baselines"]["6"], abs=1e-9)
        assert 1 <= pair["rank"] <= 1_001 and 0 <= pair["percentile"] <= 100
    assert told["pairs"][0]["first"] == "2. bank (1)" and told["pairs"][0]["second"] == "2. bank (2)"
    with file.open(newline="") as stream:
        assert [row["first"] for row in csv.DictReader(stream)] == [row["first"] for row in told["pairs"]]
    assert drawn.read_text().startswith("<svg")
    first = answer(shell(*asked, "--json"))
    assert first["texts_computed"] == 0 and len(first["occurrences"]) == 2
    assert "Sentence 2 has 2 occurrences" in first["notes"][0]
    spans = answer(shell("word", "--sentence", "A river bank", "--span", "1:2:12", "--json"))
    assert spans["occurrences"][0]["pieces"] == ["river", "bank"] and spans["pairs"] == []


def test_a_ready_example_and_a_map(shell, tmp_path: Path) -> None:
    drawn = tmp_path / "map.png"
    told = answer(shell("word", "--example", "bank", "--layer", 6, "--drawn", "map", "--picture", drawn, "--json"))
    assert [one["group"] for one in told["occurrences"]] == ["money"] * 4 + ["river"] * 4
    assert drawn.read_bytes().startswith(b"\x89PNG")
    code, text = shell("word", "--example", "bank", "--standardise", "--pooling", "first", "--layer", 4)
    assert code == 0 and "layer 4, z-scored" in text and text.count("\n") > 28


def test_a_word_of_a_dataset_and_its_background(shell) -> None:
    asked = ("--dataset", "cellar-story", "--word", "bank", "--background", "cellar-story", "--json")
    told = answer(shell("word", *asked))
    assert told["notes"][0] == "4 of 4 occurrences in 76 texts." and told["background"]["texts"] == 76


def test_neighbours_of_a_mark(shell, tmp_path: Path) -> None:
    file = tmp_path / "near.csv"
    told = answer(shell(*ONE, "--layer", 6, "--csv", file, "--json"))
    near = [row["cosine"] for row in told["neighbours"]]
    assert near == sorted(near, reverse=True) and told["compared"] == 4 and told["texts"] == 76
    assert "willows" in told["neighbours"][0]["occurrence"]["text"]
    with file.open(newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 4
    every = answer(shell(*ONE, "--any-word", "--json"))
    assert every["compared"] > 400 and every["neighbours"][0]["occurrence"]["text"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("word",), "Which sentences?"),
        (("word", "--sentence", ""), "No word was found"),
        (("word", "--sentence", RIVER, "--example", "bank"), "Exactly one"),
        (("word", "--example", "nothing"), "no example 'nothing'"),
        (("word", "--sentence", RIVER, "--layer", "7"), "There is no layer '7'"),
        (("word", "--sentence", RIVER, "--span", "2:0:1"), "names sentence 2"),
        (("word", "--sentence", RIVER, "--span", "x"), "cannot be read"),
        (("word", "--sentence", RIVER, "--span", "1:9:99"), "no characters 9 to 99"),
        (("word", "--dataset", "cellar-story"), "searched for a word"),
        (("word", "--dataset", "cellar-story", "--word", "unheardof"), "No word was found"),
        (("word", "--sentence", "word " * 2_000 + "[[end]]"), "No occurrence has a vector"),
        (("word", "--sentence", RIVER, "--picture", "x.gif"), "cannot be written"),
        (("word", "--sentence", RIVER, "--drawn", "map", "--picture", "x.svg"), "No map can be drawn"),
        (("neighbours", "--sentence", "no mark", "--dataset", "cellar-story"), "0 words were chosen"),
        ((*ONE, "--count", "0"), "0 neighbours asked for"),
    ],
)
def test_problems_are_told_in_a_sentence(shell, asked: tuple[object, ...], said: str) -> None:
    code, text = shell(*asked)
    assert code == 1 and said in text and "Traceback" not in text


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "[MASK]", "😀", "x" * 101, "银行", "ไทย", "one"])
def test_odd_words_are_read(shell, text: str) -> None:
    told = answer(shell("word", "--sentence", f"[[{text}]]", "--json"))
    assert told["occurrences"][0]["text"] == text and told["pairs"] == []
