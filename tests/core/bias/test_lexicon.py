"""Shipped lists are whole: named sets without doubled words, each with a source, fit to be measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.bias import lexicon
from core.bias.word_sets import checked
from core.errors import UserProblem


@pytest.mark.parametrize("name", list(lexicon.tests()))
def test_every_list_can_be_measured_and_has_a_source(name: str) -> None:
    one = lexicon.test(name)
    clean, notes = checked(one)
    assert clean == one and not [note for note in notes if "more than once" in note]
    assert one.source and one.language and all(part.name for part in one.sets)


def test_the_ten_weats_are_there_in_order() -> None:
    assert [one.name for one in lexicon.collection("weat")] == [f"WEAT {number}" for number in range(1, 11)]
    sizes = [tuple(len(part) for part in one.sets) for one in lexicon.collection("weat")]
    assert sizes == [
        (25, 25, 25, 25), (25, 25, 25, 25), (32, 32, 25, 25), (16, 16, 25, 25), (16, 16, 8, 8), (8, 8, 8, 8),
        (8, 8, 8, 8), (8, 8, 8, 8), (6, 6, 7, 7), (8, 8, 8, 8),
    ]  # fmt: skip


def test_names_are_found_however_they_are_spelled() -> None:
    assert lexicon.test("weat6") is lexicon.test("WEAT 6")
    with pytest.raises(UserProblem, match="no shipped word list 'weat 99'.*WEAT 1, "):
        lexicon.test("weat 99")


@pytest.mark.real_data
def test_the_weats_hold_the_published_words(shared_data: Path) -> None:
    published = json.loads((shared_data / "bias" / "weat" / "weat1-10_canonical.json").read_text(encoding="utf-8"))
    for number, one in enumerate(lexicon.collection("weat"), start=1):
        given = published[f"WEAT{number}"]
        sets = [*given["targets"].values(), *given["attributes"].values()]
        assert [list(part.words) for part in one.sets] == sets
