from __future__ import annotations

import math

import pytest

from core.errors import Stopped, UserProblem
from core.pretraining.proof.fill_words import (
    Case,
    Cases,
    choose_cases,
    compare_filled_words,
    fill_words,
    is_content,
)
from tests.core.pretraining.proof.fakes import always, tokenizer, uniform

SENTENCES = ["the fish ran home", "a fish sat", "fish fish home", "the tree ran", "owls sat", "owls ran", "owls home"]
CASES = Cases((Case("the fish sat", "fish"), Case("the tree sat", "tree")), ())


def test_content_words() -> None:
    chosen = [w for w in ("whale", "with", "ran", "Ahab", "1851", "don't", "THEY") if is_content(w)]
    assert chosen == ["whale", "Ahab"]


def test_cases_hold_their_word_once_and_split_words_are_listed() -> None:
    """fish 4, home 3, owls 3 (split), tree 1; one of the fish sentences holds it twice."""
    found = choose_cases([tokenizer()], SENTENCES, words=3)
    assert found.left_out == ("owls",)
    held = {(case.word, case.sentence) for case in found.cases}
    assert held <= {("fish", "the fish ran home"), ("fish", "a fish sat"), ("home", "the fish ran home"),
                    ("home", "fish fish home"), ("home", "owls home"), ("tree", "the tree ran")}  # fmt: skip
    assert {"fish", "home", "tree"} == {word for word, _ in held}
    assert choose_cases([tokenizer()], SENTENCES, words=3) == found


def test_a_word_must_be_whole_for_both_tokenizers() -> None:
    assert choose_cases([tokenizer("owls")], ["owls sat"]).cases[0].word == "owls"
    with pytest.raises(UserProblem, match="No frequent word"):
        choose_cases([tokenizer("owls"), tokenizer()], ["owls sat"])


def test_rank_and_probability_by_hand() -> None:
    known = tokenizer()
    found = fill_words(always(len(known), known.convert_tokens_to_ids("fish"), 0.5), known, CASES)
    rest = 0.5 / (len(known) - 1)
    assert found.probabilities == pytest.approx([0.5, rest], rel=1e-5)
    assert found.ranks.tolist() == [1, 2 + (len(known) - 2) / 2]  # all but fish are equal and share ranks 2 to V
    assert found.value.value == pytest.approx((math.log(0.5) + math.log(rest)) / 2, rel=1e-5)
    assert found.first.value == 0.5 and found.n == 2


def test_a_uniform_model_ranks_in_the_middle() -> None:
    known = tokenizer()
    found = fill_words(uniform(len(known)), known, CASES)
    assert found.median_rank == (len(known) + 1) / 2
    assert found.probabilities == pytest.approx([1 / len(known)] * 2)


def test_before_and_after() -> None:
    known = tokenizer()
    cases = Cases(CASES.cases[:1] * 30, ())
    fish = known.convert_tokens_to_ids("fish")
    before, after = (fill_words(always(len(known), fish, p), known, cases) for p in (0.1, 0.4))
    paired = compare_filled_words(before, after)
    assert paired.change == "better" and paired.difference == pytest.approx(math.log(4), rel=1e-4)
    assert compare_filled_words(before, before).difference == 0


def test_a_word_that_is_cut_off_is_left_out() -> None:
    known = tokenizer()
    cases = Cases((Case("the cat sat and ran to the tree", "tree"), Case("the fish sat", "fish")), ())
    assert fill_words(uniform(len(known)), known, cases, max_length=5).numbers.tolist() == [1]


def test_nothing_is_told_and_stop_stops() -> None:
    with pytest.raises(UserProblem, match="no sentences"):
        choose_cases([tokenizer()], [])
    with pytest.raises(UserProblem, match="no word to mask"):
        fill_words(uniform(70), tokenizer(), Cases((), ()))
    with pytest.raises(Stopped):
        fill_words(uniform(70), tokenizer(), CASES, should_stop=lambda: "discard")
