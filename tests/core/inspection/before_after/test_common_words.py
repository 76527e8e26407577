"""Words of two tokenizers, matched by characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.encoding.base_models import bundled
from core.inspection.before_after.common_words import common_words, stretches
from core.inspection.reading import Reading, Word
from core.inspection.subject import Subject
from tests.core.encoding.tiny_models import tiny_body


def reading(text: str, *spans: tuple[int, int]) -> Reading:
    words = tuple(Word(text[start:end], 0, start, end, ()) for start, end in spans)
    return Reading((text,), (), words, (len(text),), ((),))


def test_the_smallest_stretch_at_whose_ends_both_end_is_one_word() -> None:
    text = "don't go on"
    one = reading(text, (0, 3), (3, 4), (4, 5), (6, 8), (9, 11))
    other = reading(text, (0, 5), (6, 8))
    assert list(stretches(one, other)) == [(0, 5, True), (6, 8, True), (9, 11, False)]
    assert list(stretches(other, one)) == list(stretches(one, other))
    crossing = reading("abcdef", (0, 2), (2, 4), (4, 6)), reading("abcdef", (0, 3), (3, 6))
    assert list(stretches(*crossing)) == [(0, 6, True)]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Subject]:
    folder: Path = tmp_path_factory.mktemp("models")
    tiny = {kind: Subject(tiny_body(folder / kind, kind)) for kind in ("bert", "roberta")}
    return {**tiny, "bundled": Subject(bundled())}


def test_equal_readings_have_all_words_and_none_differs(models: dict[str, Subject]) -> None:
    text = "The café was good, don't you think?"
    found = common_words(*[[models["bundled"].read(text)]] * 2)
    assert [word.occurrence.word for word in found.words] == ["The", "café", "was", "good", "don", "t", "you", "think"]
    assert not found.differing and not found.unread and not found.unseen


def test_bytes_and_word_pieces_meet_at_the_characters(models: dict[str, Subject]) -> None:
    text = "the soup 🍕 isn't cold"
    found = common_words([models["bert"].read(text)], [models["roberta"].read(text)])
    assert [word.occurrence.word for word in found.words] == ["the", "soup", "🍕", "isn", "'t", "cold"]
    assert all(text[word.occurrence.start : word.occurrence.end] == word.occurrence.word for word in found.words)
    assert {word.occurrence.word for word in found.differing} >= {"the", "isn", "cold"}


def test_what_one_of_them_does_not_see_is_counted(models: dict[str, Subject]) -> None:
    text = "soup " * 100
    found = common_words([models["bundled"].read(text)], [models["bert"].read(text)])
    assert 0 < len(found.words) < 100 and len(found.words) + found.unseen == 100


@pytest.mark.parametrize("text", ["", "…!?", "ไทย ภาษา 漢字", "<script>alert(1)</script>", "x" * 101, "[MASK]"])
def test_odd_texts_are_read(models: dict[str, Subject], text: str) -> None:
    found = common_words([models["bundled"].read(text)], [models["roberta"].read(text)])
    assert all(word.before and word.after for word in found.words)
