"""Finding the word of a written line: span, mark, word box; what cannot be used is told by its line."""

from __future__ import annotations

import pytest

from core.inspection.senses import sheet as module
from core.inspection.senses.sheet import Line, sheet


def one(sentence: str, word: str = "", span: tuple[int, int] | None = None) -> module.Sheet:
    return sheet([Line("line 1", "river", sentence, span=span)], word)


def test_a_mark_names_the_word_and_goes_out_of_the_sentence() -> None:
    found = one("the left [[banks]] of it", "bank").rows[0]
    assert (found.occurrence.text, found.occurrence.word) == ("the left banks of it", "banks")
    assert (found.word, found.sense) == ("bank", "river")


def test_the_word_box_finds_whole_words_in_any_case() -> None:
    assert one("Banker at the BANK", "bank").rows[0].occurrence.start == 14


def test_a_word_that_stands_twice_is_told() -> None:
    found = one("bank after bank", "bank")
    assert found.rows[0].occurrence.start == 0
    assert "stands 2 times; the first is taken" in found.notes[0] and found.notes[0].startswith("line 1: ")


def test_a_span_comes_before_marks() -> None:
    assert one("a [[b]] c", span=(0, 1)).rows[0].occurrence.word == "a"


@pytest.mark.parametrize(
    ("sentence", "word", "span", "told"),
    [
        ("no such word", "bank", None, "does not stand"),
        ("no mark at all", "", None, "no word is marked"),
        ("[[two]] [[marks]]", "", None, "several words"),
        ("", "bank", None, "no sentence"),
        ("short", "", (3, 99), "do not lie in the sentence"),
        ("short", "", (3, 3), "do not lie in the sentence"),
        ("x" * (module.LONGEST + 1), "x", None, "characters"),
    ],
)
def test_what_cannot_be_used_is_told(sentence: str, word: str, span: tuple[int, int] | None, told: str) -> None:
    found = one(sentence, word, span)
    assert not found.rows and told in found.problems[0] and found.problems[0].startswith("line 1: ")


def test_a_sheet_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    found = sheet([Line(f"line {n}", "s", "a [[b]]") for n in range(4)])
    assert len(found.rows) == 2 and found.problems == ("Only the first 2 sentences are used.",)


def test_words_without_a_name_get_their_most_frequent_form() -> None:
    found = sheet([Line("1", "s", text) for text in ("a [[Bank]]", "a [[bank]]", "two [[banks]]")])
    assert found.words == ("bank",)


def test_other_scripts_and_emoji_are_words_too() -> None:
    assert one("河岸很陡", "岸").rows[0].occurrence.start == 1
    assert one("a [[🦇]] at night").rows[0].occurrence.word == "🦇"
