"""What is drawn, and that what is not drawn is counted."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import UserProblem
from core.inspection.attention import view
from core.inspection.attention.weights import Attention
from core.inspection.reading import Piece, Reading, Word

MATRIX = np.array(
    [
        [0.25, 0.25, 0.25, 0.125, 0.125],
        [0.5, 0.125, 0.125, 0.125, 0.125],
        [0, 0.5, 0.25, 0.125, 0.125],
        [0.25, 0.25, 0.25, 0.125, 0.125],
        [0, 0, 0, 0.75, 0.25],
    ]
)


def piece(name: str, part: int, word: int | None) -> Piece:
    return Piece(name, len(name), part, 0, 1, word, word is None, False)


@pytest.fixture
def pair() -> Attention:
    """[CLS] a b [SEP] c, as one head and its mirror image; the texts are "ab" (of two words) and "c"."""
    pieces = (piece("[CLS]", 0, None), piece("a", 0, 0), piece("b", 0, 1), piece("[SEP]", 0, None), piece("c", 1, 2))
    words = tuple(Word(name, part, 0, 1, (place,)) for name, part, place in (("a", 0, 1), ("b", 0, 2), ("c", 1, 4)))
    reading = Reading(("ab", "c"), pieces, words, (2, 1), ((), ()))
    weights = np.stack([MATRIX, MATRIX[::-1, ::-1]])[None].astype(np.float16)
    marks = np.eye(5, dtype=bool)
    return Attention(reading, weights, marks[0], marks[3])


def test_special_pieces_are_hidden_and_their_share_told(pair: Attention) -> None:
    found = view.view(pair, 1, 1)
    assert [unit.text for unit in found.rows] == ["a", "b", "c"] == [unit.text for unit in found.columns]
    assert found.row_places.tolist() == [2, 3, 5]
    assert found.weights.tolist() == [[0.125, 0.125, 0.125], [0.5, 0.25, 0.125], [0, 0, 0.25]]
    assert found.to_specials.tolist() == [0.625, 0.125, 0.75]
    assert found.elsewhere.tolist() == [0, 0, 0]
    assert found.hidden == 0.5


def test_special_pieces_can_be_shown(pair: Attention) -> None:
    found = view.view(pair, 1, 1, specials=True)
    assert found.weights.shape == (5, 5) and found.hidden == 0


def test_one_text_to_the_other(pair: Attention) -> None:
    on = view.view(pair, 1, 1, direction="first_to_second")
    assert (on.weights.tolist(), on.to_specials.tolist(), on.elsewhere.tolist()) == (
        [[0.125], [0.125]], [0.625, 0.125], [0.25, 0.75],
    )  # fmt: skip
    back = view.view(pair, 1, 1, direction="second_to_first")
    assert (back.weights.tolist(), back.elsewhere.tolist()) == ([[0, 0]], [0.25])
    assert back.strongest(0) == (back.columns[0], 0)


def test_a_part_of_it(pair: Attention) -> None:
    found = view.view(pair, 1, 1, rows=(2, 2), columns=(1, 2))
    assert found.weights.tolist() == [[0.5, 0.25]] and found.elsewhere.tolist() == [0.125]
    assert found.strongest(0)[1] == 0.5
    assert view.size(pair, by_pieces=False, specials=False, direction="first_to_second") == (2, 1)


def test_the_mean_of_all_heads(pair: Attention) -> None:
    mean = view.view(pair, 1, specials=True).weights
    assert mean == pytest.approx((MATRIX + MATRIX[::-1, ::-1]) / 2)


@pytest.mark.parametrize("span", [(0, 1), (2, 1), (1, 4)])
def test_a_part_that_is_not_there_is_told(pair: Attention, span: tuple[int, int]) -> None:
    with pytest.raises(UserProblem, match="counted from 1 to 3"):
        view.view(pair, 1, 1, rows=span)


def test_a_direction_needs_a_pair(pair: Attention) -> None:
    pieces = pair.reading.pieces[:4]
    reading = Reading(("ab",), pieces, pair.reading.words[:2], (2,), ((),))
    alone = Attention(reading, np.full((1, 1, 4, 4), 0.25, np.float16), pair.cls[:4], pair.sep[:4])
    with pytest.raises(UserProblem, match="needs two texts"):
        view.view(alone, 1, 1, direction="first_to_second")
    assert not view.view(alone, 1, 1).pair
