from __future__ import annotations

import math

import pytest

from core.errors import Stopped, UserProblem
from core.pretraining.proof.pseudo_perplexity import compare_pseudo_perplexity, pseudo_perplexity
from tests.core.pretraining.proof.fakes import Fake, always, perfect, tokenizer, uniform

SENTENCES = ["the cat sat", "owl ran", "fish tree fish tree"]


def test_a_uniform_model_has_the_vocabulary_as_its_perplexity() -> None:
    known = tokenizer()
    found = pseudo_perplexity(uniform(len(known)), known, SENTENCES)
    assert found.value.value == pytest.approx(len(known), rel=1e-9)
    assert (found.n, found.pieces) == (3, 3 + 4 + 4)
    assert sorted(found.words) == [2, 3, 4]


def test_a_perfect_model_has_perplexity_1() -> None:
    known = tokenizer()
    truth = known("the cat sat home")["input_ids"]
    assert pseudo_perplexity(perfect(len(known), truth), known, ["the cat sat home"]).value.value == 1


def test_every_piece_is_masked_once_and_alone() -> None:
    known, seen = tokenizer(), []
    fake = Fake(lambda row, place: seen.append(tuple(row)) or uniform(len(known)).answer(row, place))  # type: ignore[func-returns-value]
    pseudo_perplexity(fake, known, ["the cat"])
    the, cat = known.convert_tokens_to_ids(["the", "cat"])
    assert set(seen) == {(2, 4, cat, 3), (2, the, 4, 3)}


def test_by_hand() -> None:
    """Of "cat dog" one piece has p = 1/2, the other (1/2) / (V - 1)."""
    known = tokenizer()
    fake = always(len(known), known.convert_tokens_to_ids("cat"), 0.5)
    expected = math.exp(-(math.log(0.5) + math.log(0.5 / (len(known) - 1))) / 2)
    assert pseudo_perplexity(fake, known, ["cat dog"]).value.value == pytest.approx(expected, rel=1e-5)


def test_the_cap_takes_whole_sentences_and_at_least_one() -> None:
    known = tokenizer()
    assert pseudo_perplexity(uniform(len(known)), known, ["the cat sat"] * 5, most_pieces=7).pieces == 6
    assert pseudo_perplexity(uniform(len(known)), known, ["the cat sat"] * 5, most_pieces=1).n == 1


def test_equal_models_do_not_differ_and_other_pieces_are_compared_by_word() -> None:
    old, new = tokenizer(), tokenizer("owl")
    before, again = (pseudo_perplexity(uniform(len(old)), old, SENTENCES) for _ in range(2))
    assert compare_pseudo_perplexity(before, again).difference == 0
    after = pseudo_perplexity(uniform(len(new)), new, SENTENCES)
    paired = compare_pseudo_perplexity(before, after)
    assert paired.what == "pseudo-log-loss a word"
    assert paired.before == pytest.approx(11 * math.log(len(old)) / 9)
    assert paired.after == pytest.approx(math.log(len(new)))


def test_nothing_is_told_and_stop_stops() -> None:
    known = tokenizer()
    with pytest.raises(UserProblem, match="no sentences"):
        pseudo_perplexity(uniform(len(known)), known, ["  "])
    with pytest.raises(UserProblem, match="no word to mask"):
        pseudo_perplexity(uniform(len(known)), known, ["\N{SNOWMAN}"])
    with pytest.raises(Stopped):
        pseudo_perplexity(uniform(len(known)), known, SENTENCES, should_stop=lambda: "discard")
