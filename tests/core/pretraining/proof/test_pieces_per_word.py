from __future__ import annotations

import pytest

from core.errors import Stopped, UserProblem
from core.pretraining.proof.pieces_per_word import compare_pieces_per_word, pieces_per_word
from tests.core.pretraining.proof.fakes import tokenizer

SENTENCES = ["the owl sat.", "cat", "the \N{SNOWMAN} ran", ""]


def test_by_hand() -> None:
    """Words: 4 + 1 + 3; pieces: the o ##w ##l sat . = 6, cat, the [UNK] ran = 3; one split, one lost."""
    found = pieces_per_word(tokenizer(), SENTENCES)
    assert (found.value.value, found.split.value, found.unknown.value) == (10 / 8, 1 / 8, 1 / 8)
    assert (found.n, found.words) == (3, 8)


def test_a_longer_vocabulary_makes_fewer_pieces() -> None:
    before, after = (pieces_per_word(each, ["the owl ran"] * 30) for each in (tokenizer(), tokenizer("owl")))
    paired = compare_pieces_per_word(before, after)
    assert (paired.before, paired.after, paired.change) == (5 / 3, 1, "better")
    assert compare_pieces_per_word(before, before).change == "same"


def test_nothing_is_told_and_stop_stops() -> None:
    with pytest.raises(UserProblem, match="no sentences"):
        pieces_per_word(tokenizer(), [""])
    with pytest.raises(Stopped):
        pieces_per_word(tokenizer(), SENTENCES, should_stop=lambda: "discard")
