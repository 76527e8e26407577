"""Full sentences of one document, as many as fit, and nothing lost."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.pretraining.objectives.mlm import build

RNG: Any = np.random.default_rng(0)
DOCUMENTS = st.lists(st.lists(st.lists(st.integers(10, 99), min_size=1, max_size=15), max_size=6), max_size=5)


def test_sentences_are_packed_as_long_as_they_fit() -> None:
    documents = [[[1, 2, 3], [4, 5], [6, 7, 8, 9]], [[10]]]
    found = [(list(pair.a), pair.document) for pair in build(documents, RNG, 8, 0.0)]
    assert found == [([1, 2, 3, 4, 5], 0), ([6, 7, 8, 9], 0), ([10], 1)]


def test_a_sentence_longer_than_a_sequence_is_cut_into_several() -> None:
    found = [list(pair.a) for pair in build([[[1, 2], list(range(10, 19)), [3]]], RNG, 6, 0.0)]
    assert found == [[1, 2], [10, 11, 12, 13], [14, 15, 16, 17], [18, 3]]


@given(DOCUMENTS, st.integers(5, 30), st.sampled_from([0.0, 0.1, 1.0]), st.integers(0, 1000))
def test_no_piece_is_lost_or_doubled(documents: Any, max_length: int, short: float, seed: int) -> None:
    found = list(build(documents, np.random.default_rng(seed), max_length, short))
    assert all(1 <= len(pair.a) <= max_length - 2 and not len(pair.b) and pair.label is None for pair in found)
    for place, document in enumerate(documents):
        pieces = [piece for pair in found if pair.document == place for piece in pair.a]
        assert pieces == [piece for sentence in document for piece in sentence]
