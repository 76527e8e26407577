"""Control labels hang on a word and on nothing else, and follow the labels' shares."""

from __future__ import annotations

import numpy as np

from core.inspection.probing.control_task import control_task, label_of, word_at
from core.inspection.reading import Reading, Word


def reading(text: str) -> Reading:
    """As a tokenizer that splits at blanks would read it."""
    words, start = [], 0
    for part in text.split(" "):
        words.append(Word(part, 0, start, start + len(part), ()))
        start += len(part) + 1
    return Reading((text,), (), tuple(words), (len(text),), ((),))


def test_the_word_is_the_first_or_last_with_a_letter_or_digit() -> None:
    assert word_at(reading("( The cat sat ."), "first") == "the"
    assert word_at(reading("( The cat sat ."), "last") == "sat"
    assert word_at(reading("… !"), "first") == ""


def test_a_word_has_the_same_label_always_and_labels_come_in_their_shares() -> None:
    shares = np.array([0.5, 0.2, 0.3])
    words = [f"word{i}" for i in range(4000)]
    found = [label_of(word, shares, 3) for word in words]
    assert found == [label_of(word, shares, 3) for word in words]
    assert np.allclose(np.bincount(found) / len(found), shares, atol=0.03)
    assert found != [label_of(word, shares, 4) for word in words]
    assert label_of("x", np.array([0.0, 1.0]), 0) == 1


def test_equal_first_words_share_a_label_in_all_splits() -> None:
    texts = ["the cat", "a dog", "the end", "one day"], ["the sun"], ["a moon", "never seen"]
    splits = tuple([reading(text) for text in split] for split in texts)
    task = control_task(splits, np.array([0, 1, 0, 1]), 2)
    assert task.place == "first" and task.types == 3
    assert task.train[0] == task.train[2] == task.validation[0] and task.test[0] == task.train[1]
    assert task.seen == 0.5


def test_where_one_first_word_opens_most_texts_the_last_word_decides() -> None:
    texts = ["what is love", "what is time", "what is soup", "who are you"]
    found = [reading(text) for text in texts]
    assert control_task((found, found, found), np.array([0, 1, 0, 1]), 2).place == "last"
