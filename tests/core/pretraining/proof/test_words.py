from __future__ import annotations

import numpy as np

from core.pretraining.proof.words import Words
from tests.core.pretraining.proof.fakes import tokenizer


def test_words_are_pieces_with_their_continuations() -> None:
    known = tokenizer()
    words, ids = Words.of(known), np.array(known("The owl sat.")["input_ids"])
    spans = words.spans(ids)
    assert [words.text(ids, span) for span in spans] == ["the", "owl", "sat", "."]
    assert spans == [(1, 2), (2, 5), (5, 6), (6, 7)]


def test_unknown_words_have_no_text() -> None:
    known = tokenizer()
    words, ids = Words.of(known), np.array(known("the \N{SNOWMAN} cat")["input_ids"])
    assert [words.text(ids, span) for span in words.spans(ids)] == ["the", "", "cat"]
