"""What is foreseen of words agrees with what the vectors' own modules find."""

from __future__ import annotations

import pytest

from core.bias.foreseen import foreseen
from core.bias.vectors.kinds import VectorConfig, vectors
from core.bias.word_sets import WordTest

GIVEN = {"targets": {"X": ["she", "Lakisha", "Grace", "\u200d"], "Y": ["he", "Will", "desk"]}, "attributes": {}}
TEST = WordTest.from_json({"name": "t", **GIVEN})


@pytest.mark.parametrize("kind", ["input_embedding", "layer", "sentence"])
def test_lost_words_are_those_without_a_vector(bert, kind: str) -> None:
    (one,) = foreseen(bert, [TEST], [kind])
    found = vectors(bert, TEST.words, VectorConfig(vectors=kind))
    assert set(one.lost) == set(found.lost)
    assert one.left.words == found.words


def test_pieces_capitals_and_the_least_p(bert) -> None:
    embedded, alone = foreseen(bert, [TEST], ["input_embedding", "layer"])
    assert embedded.pieces["Lakisha"][0] == "la" and len(embedded.pieces["Lakisha"]) > 1
    assert embedded.lost["Lakisha"] == f"{len(embedded.pieces['Lakisha'])} pieces"
    assert embedded.common == ("Grace", "Will")
    assert (embedded.smallest, alone.smallest) == (10, 20)  # 2 v 3 words, 3 v 3 words
    assert alone.empty == ()


def test_a_table_of_vectors(table) -> None:
    (one,) = foreseen(table({"she": [1, 0], "he": [0, 1]}), [TEST], ["static"])
    assert one.left.words == ("she", "he")
    assert one.lost["Lakisha"] == "not in the vocabulary"
    assert one.smallest == 2
    assert foreseen(table({"she": [1, 0]}), [TEST], ["static"])[0].empty == ("Y",)
