"""The ways to end a sentence, by hand, and what holds for all of them: nothing is lost, nothing changes places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.corpus.sentences import SPLITTERS

TEXT = 'Mr. Poe smiled. "Is it 3.5 p.m.?" he asked. Stop! (He did.) The end'


def cut(name: str, text: str = TEXT) -> list[str]:
    return SPLITTERS[name].split(text, "en")


def test_the_splitters_stand_in_their_order() -> None:
    assert list(SPLITTERS) == ["full_stop", "closing_punctuation", "language_rules", "line"]


def test_only_a_full_stop_before_a_blank_ends_a_sentence() -> None:
    assert cut("full_stop") == ["Mr.", "Poe smiled.", '"Is it 3.5 p.m.?" he asked.', "Stop! (He did.) The end"]


def test_closing_punctuation_takes_the_quotes_after_it() -> None:
    expected = ["Mr.", "Poe smiled.", '"Is it 3.5 p.m.?"', "he asked.", "Stop!", "(He did.)", "The end"]
    assert cut("closing_punctuation") == expected
    assert cut("closing_punctuation", "“Come!” she said… Then? Nothing.") == [
        "“Come!”", "she said…", "Then?", "Nothing.",
    ]  # fmt: skip
    assert cut("closing_punctuation", "他来了。他走了！") == ["他来了。", "他走了！"]


def test_the_rules_of_a_language_know_abbreviations() -> None:
    assert cut("language_rules", "Mr. Poe smiled. He left at 3.5 p.m. and slept.") == [
        "Mr. Poe smiled.", "He left at 3.5 p.m. and slept.",
    ]  # fmt: skip


def test_a_line_is_a_sentence() -> None:
    assert cut("line", " One. Two. ") == ["One. Two."]


@pytest.mark.parametrize("name", SPLITTERS)
@settings(max_examples=150, deadline=None)
@given(text=st.text(st.sampled_from("aB .!?…\"'”)(-3,\u00a0é。\t"), max_size=60))
def test_nothing_is_lost_and_nothing_changes_places(name: str, text: str) -> None:
    sentences = cut(name, text)
    assert "".join("".join(sentences).split()) == "".join(text.split())
    assert all(sentence == sentence.strip() and sentence for sentence in sentences)
