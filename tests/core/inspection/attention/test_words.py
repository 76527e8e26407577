"""From pieces to words: sums to a split word, means from it, by hand and by property."""

from __future__ import annotations

import numpy as np
import pytest

from core.encoding import base_models
from core.inspection.attention import words
from core.inspection.attention.words import Unit
from core.inspection.subject import Subject

UNITS = (Unit("[CLS]", 0, True, (0,)), Unit("playing", 0, False, (1, 2)), Unit("[SEP]", 0, True, (3,)))


def test_to_a_split_word_is_summed_and_from_it_averaged() -> None:
    pieces = np.array([[0.1, 0.2, 0.3, 0.4], [0.5, 0.1, 0.1, 0.3], [0.1, 0.3, 0.5, 0.1], [0.0, 1.0, 0.0, 0.0]])
    wanted = [[0.1, 0.5, 0.4], [0.3, 0.5, 0.2], [0.0, 1.0, 0.0]]
    assert words.merged(pieces, UNITS) == pytest.approx(np.array(wanted))


def test_rows_sum_to_1_however_the_pieces_are_grouped() -> None:
    random = np.random.default_rng(0)
    for size in (1, 2, 7, 40):
        weights = random.dirichlet(np.full(size, 0.3), size=(3, size)).astype(np.float32)
        edges = np.flatnonzero(random.random(size) < 0.5)
        groups = [group for group in np.split(np.arange(size), edges) if len(group)]
        units = tuple(Unit("w", 0, False, tuple(group.tolist())) for group in groups)
        assert np.allclose(words.merged(weights, units).sum(axis=-1), 1, atol=1e-5)


def test_words_carry_the_characters_as_typed_and_cover_every_piece_once() -> None:
    reading = Subject(base_models.bundled()).read("Unexpectedness DAZZLES", "Ünïted 🍕")
    found = words.words(reading)
    assert [unit.text for unit in found] == ["[CLS]", "Unexpectedness", "DAZZLES", "[SEP]", "Ünïted", "🍕", "[SEP]"]
    assert [unit.part for unit in found] == [0, 0, 0, 0, 1, 1, 1]
    assert len(found[1].pieces) > 1
    assert sorted(place for unit in found for place in unit.pieces) == list(range(len(reading.pieces)))
    assert [unit.text for unit in words.pieces(reading)] == [piece.piece for piece in reading.pieces]
