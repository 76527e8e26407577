from __future__ import annotations

from pathlib import Path

import pytest

from core.encoding.base_models import bundled
from core.errors import UserProblem
from core.inspection.occurrences import Placed, labels, marked, of_reading, of_word, repeated, sample, searching
from core.inspection.subject import Subject
from core.inspection.word_vectors import Occurrence
from tests.core.inspection.tiny_subject import subject


def spans(found: object) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in found]  # type: ignore[attr-defined]


def test_marks_are_taken_out_and_say_where_they_stood() -> None:
    bare, found = marked("The [[bank]] of the [[river bank]] is here")
    assert bare == "The bank of the river bank is here"
    assert [(one.word, one.text) for one in found] == [("bank", bare), ("river bank", bare)]
    assert spans(found) == [(4, 8), (16, 26)]
    assert marked("[MASK] [[]] ]] [[") == ("[MASK] [[]] ]] [[", ())


def test_a_whole_word_touches_no_letter_and_no_case_unless_asked() -> None:
    text = "Bank, bankers bank; riverbank BANK_1 (bank)"
    assert spans(of_word(text, "bank")) == [(0, 4), (14, 18), (38, 42)]
    assert spans(of_word(text, " bank ", match_case=True)) == [(14, 18), (38, 42)]
    assert spans(of_word("C++ and C+++", "c++")) == [(0, 3), (8, 11)]
    assert of_word("a.b", "a?b") == ()
    with pytest.raises(UserProblem, match="No word"):
        of_word(text, "  ")


def test_scripts_without_blanks_know_no_border() -> None:
    assert spans(of_word("我去银行取钱", "银行")) == [(2, 4)]
    assert spans(of_word("ไปธนาคารแล้ว", "ธนาคาร")) == [(2, 8)]


def test_words_to_click_are_those_of_the_tokenizer_without_marks(tmp_path: Path) -> None:
    found = of_reading(Subject(bundled()).read("Don't go, 😀 BANK!"))
    assert [one.word for one in found] == ["Don", "t", "go", "BANK"]
    assert spans(found) == [(0, 3), (4, 5), (6, 8), (12, 16)]
    assert [one.word for one in of_reading(subject(tmp_path, "roberta").read("a cold, soup."))] == ["a", "cold", "soup"]
    long = subject(tmp_path / "bert").read("a " * 61 + "zy")
    assert len(of_reading(long)) == 61  # what truncation cut is no word to choose


def test_names_tell_occurrences_apart() -> None:
    two = "bank and bank"
    placed = [
        Placed(1, Occurrence("The bank", 4, 8)), Placed(2, Occurrence(two, 0, 4)), Placed(2, Occurrence(two, 9, 13)),
        Placed(3, Occurrence("The bank", 4, 8)), Placed(4, Occurrence("aa", 0, 1)), Placed(4, Occurrence("aa", 1, 2)),
    ]  # fmt: skip
    assert labels(placed) == ("1. bank", "2. bank (1)", "2. bank (2)", "3. bank", "4. a [0:1]", "4. a [1:2]")
    assert labels([Placed(1, Occurrence("a  b", 1, 3))]) == ("1. ",)


def test_the_same_sentence_twice_is_found() -> None:
    assert repeated(["a", "b", "a", "a", "c", "b"]) == [(1, 3, 4), (2, 6)]


def test_a_search_takes_all_or_a_fair_sample_in_order() -> None:
    texts = [f"the bank {number} and the bank" for number in range(50)]
    every = sample([*texts, texts[0]], searching("bank"))
    assert (every.total, every.texts, len(every.occurrences)) == (100, 50, 100)
    some = sample(texts, searching("bank"), limit=10)
    assert (some.total, len(some.occurrences)) == (100, 10)
    order = [every.occurrences.index(one) for one in some.occurrences]
    assert order == sorted(set(order)) and sample(texts, searching("bank"), limit=10) == some
    means = [
        sum(every.occurrences.index(one) for one in sample(texts, searching("bank"), limit=10, seed=seed).occurrences)
        for seed in range(40)
    ]
    assert sum(means) / 400 == pytest.approx(49.5, abs=6)  # 6 is four standard errors
