"""What is drawn: uniform, set by the seed, bounded."""

from __future__ import annotations

import numpy as np
import pytest

from core.encoding import base_models
from core.errors import Stopped
from core.inspection.geometry import drawing
from core.inspection.geometry.drawing import draw_of_words, draw_sentences, frequent, spans, words_of
from core.inspection.geometry.result import Settings
from core.inspection.occurrences import of_reading
from core.inspection.subject import Subject
from core.progress import never, silent


@pytest.fixture(scope="module")
def minilm() -> Subject:
    return Subject(base_models.bundled())


def drawn(texts: list[str], **settings: int) -> list[str]:
    return draw_sentences(texts, Settings(**settings), silent, never)


def test_a_sample_keeps_the_order_and_follows_the_seed() -> None:
    texts = [f"{number:03}" for number in range(200)]
    found = drawn(texts, sentences=20)
    assert found == sorted(found) and len(set(found)) == 20
    assert found == drawn(texts, sentences=20) != drawn(texts, sentences=20, seed=1)
    assert drawn(["a", " ", "b"], sentences=20) == ["a", "b"]


def test_every_sentence_is_as_likely_as_any_other() -> None:
    texts = [str(number) for number in range(20)]
    counts = np.zeros(20)
    for seed in range(400):
        for text in drawn(texts, sentences=5, seed=seed):
            counts[int(text)] += 1
    assert counts.min() > 65 and counts.max() < 140  # 100 each is expected, deviation 8.7


def test_drawing_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "EVERY", 2)
    with pytest.raises(Stopped):
        draw_sentences(["a"] * 5, Settings(), silent, lambda: "discard")


def test_words_are_those_of_the_other_views(minilm: Subject) -> None:
    reading = minilm.read("Don't (re-)enter — the 2nd Bank, 岸!")
    assert [text for text, _ in spans(reading)] == [one.word for one in of_reading(reading)]
    assert [text for text, _ in spans(reading, marks=True)].count("(") == 1
    for (_, places), one in zip(spans(reading), of_reading(reading), strict=True):
        assert places == reading.at(one.start, one.end)


def test_a_word_is_what_has_the_same_pieces(minilm: Subject) -> None:
    words = words_of([minilm.read("Bank of the bank"), minilm.read("the BANK 🦇🦇 ☃x")])
    counts = {name: int((words.key == key).sum()) for key, name in enumerate(words.names)}
    assert (counts["Bank"], counts["the"]) == (3, 2)
    assert frequent(words, 2).tolist() == [0, 2]  # twice in one sentence counts once, three occurrences come first


def test_characters_that_the_vocabulary_lacks_are_counted(minilm: Subject) -> None:
    assert words_of([minilm.read("𐎀𐎁 and")]).unknown == 1


def test_what_is_held_is_bounded(minilm: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    words = words_of([minilm.read("a b c " * 10)] * 5)
    settings = Settings(variance_occurrences=3)
    chosen = np.arange(3)
    assert [len(each) for each in draw_of_words(words, chosen, 1, settings).values()] == [50, 50, 50]
    monkeypatch.setattr(drawing, "KEPT_BYTES", 12)
    assert [len(each) for each in draw_of_words(words, chosen, 1, settings).values()] == [4, 4, 4]
    monkeypatch.setattr(drawing, "KEPT_BYTES", 7)
    assert [len(each) for each in draw_of_words(words, chosen, 1, settings).values()] == [3, 3]
    monkeypatch.setattr(drawing, "MOST_OF_A_WORD", 10)
    monkeypatch.setattr(drawing, "KEPT_BYTES", 10**9)
    assert [len(each) for each in draw_of_words(words, chosen, 1, settings).values()] == [10, 10, 10]
