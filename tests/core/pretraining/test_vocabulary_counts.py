from __future__ import annotations

import pytest

from core.data.corpus.store import Document
from core.errors import Stopped
from core.pretraining.vocabulary_counts import piece_counts
from tests.core.pretraining.proof.fakes import tokenizer

DOCUMENTS = [Document(0, "a", ("the cat sat", "the owl")), Document(1, "b", ("cat [MASK] \N{SNOWMAN}",))]


def test_by_hand() -> None:
    known = tokenizer()
    counts = piece_counts(DOCUMENTS, known)
    expected = {"the": 2, "cat": 2, "sat": 1, "o": 1, "##w": 1, "##l": 1}
    assert {known.convert_ids_to_tokens(int(place)): int(counts[place]) for place in counts.nonzero()[0]} == expected
    assert len(counts) == len(known)


def test_only_the_first_sentences_are_read() -> None:
    assert piece_counts(DOCUMENTS, tokenizer(), most=1).sum() == 3
    assert piece_counts([], tokenizer()).sum() == 0


def test_stop_stops() -> None:
    with pytest.raises(Stopped):
        piece_counts(DOCUMENTS, tokenizer(), should_stop=lambda: "discard")
