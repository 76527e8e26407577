from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from core.encoding.base_models import bundled
from core.encoding.loading import load_body
from core.encoding.tokenizing import load_tokenizer
from core.errors import Stopped, UserProblem
from core.pretraining.proof.moved_neighbours import _nearest, _overlap, moved_neighbours
from tests.core.pretraining.proof.fakes import tokenizer

NAMES = ("fish", "tree", "home", "bird", "rock", "moon")
TEXTS = [f"the {name} {name}" for name in NAMES for _ in range(3)]
KNOWN = tokenizer("bird", "rock", "moon")


class Table(torch.nn.Module):
    """A body without context: a word's vector is its place in the plane, by angle in degrees."""

    def __init__(self, angles: dict[str, float], known: Any = KNOWN) -> None:
        super().__init__()
        self.rows = torch.zeros(len(known), 2)
        for name, angle in angles.items():
            turned = torch.deg2rad(torch.tensor(angle))
            self.rows[known.convert_tokens_to_ids(name)] = torch.stack([turned.cos(), turned.sin()])

    def forward(self, input_ids: torch.Tensor, output_hidden_states: bool, attention_mask: Any = None) -> Any:
        return SimpleNamespace(hidden_states=(self.rows[input_ids] * 7, self.rows[input_ids]))


BEFORE = dict(zip(NAMES, (0.0, 10.0, 120.0, 130.0, 240.0, 250.0), strict=True))
AFTER = BEFORE | {"tree": 125.0}


def test_neighbours_and_overlap_by_hand() -> None:
    found = moved_neighbours((Table(BEFORE), KNOWN), (Table(AFTER), KNOWN), TEXTS, k=1, at_least=2)
    by_word = {each.word: each for each in found.words}
    assert by_word["fish"].before == ("tree",) and by_word["tree"].before == ("fish",)
    assert by_word["tree"].after[0] in ("home", "bird") and by_word["tree"].overlap == 0
    assert by_word["rock"].overlap == by_word["moon"].overlap == 1
    assert found.words[0].overlap == 0 and found.words[-1].overlap == 1
    assert (found.n, found.k, found.chance) == (6, 1, 0.2)
    assert found.value.value == pytest.approx(np.mean([each.overlap for each in found.words]))
    assert found.steady.value == 1  # no context: both halves of the occurrences are the same
    assert {each.occurrences for each in found.words} == {6}


def test_equal_models_overlap_fully() -> None:
    found = moved_neighbours((Table(BEFORE), KNOWN), (Table(BEFORE), KNOWN), TEXTS, at_least=2)
    assert found.value.value == found.value.low == 1 and found.k == 4


def test_words_that_became_one_piece_are_compared_with_their_pieces() -> None:
    longer = tokenizer("bird", "rock", "moon", "owls")
    child = Table(BEFORE | {"owls": 5.0}, longer)
    found = moved_neighbours((Table(BEFORE), KNOWN), (child, longer), [*TEXTS, "owls owls"], k=1, at_least=2)
    assert {each.word for each in found.words} == {*NAMES, "owls"}
    assert {each.word: each for each in found.words}["fish"].after == ("owls",)


def test_nearest_leaves_out_itself() -> None:
    vectors = np.array([[1.0, 0.0], [0.9, 0.1], [0.0, 1.0], [0.1, 0.9]])
    assert _nearest(vectors, 1)[:, 0].tolist() == [1, 0, 3, 2]
    assert _overlap(np.array([[1, 2]]), np.array([[2, 3]])).tolist() == [0.5]


def test_too_few_words_are_told_and_stop_stops() -> None:
    with pytest.raises(UserProblem, match="in these sentences: 2"):
        moved_neighbours((Table(BEFORE), KNOWN), (Table(AFTER), KNOWN), ["fish tree"] * 4)
    with pytest.raises(UserProblem, match="no sentences"):
        moved_neighbours((Table(BEFORE), KNOWN), (Table(AFTER), KNOWN), [])
    with pytest.raises(Stopped):
        moved_neighbours(
            (Table(BEFORE), KNOWN), (Table(AFTER), KNOWN), TEXTS, at_least=2, should_stop=lambda: "discard"
        )


def test_a_real_model_beside_one_that_forgot_its_upper_layers() -> None:
    known, parent = load_tokenizer(bundled()), load_body(bundled())
    child: Any = load_body(bundled())
    for layer in child.encoder.layer[3:]:
        torch.nn.init.normal_(layer.output.dense.weight, std=0.2, generator=torch.Generator().manual_seed(0))
    words = ("whale", "sailor", "harpoon", "captain", "ocean", "kitchen", "baker", "bread", "flour", "oven", "butter")
    texts = [f"The {a} was near the {b} today." for a in words for b in words if a != b]
    same = moved_neighbours((parent, known), (parent, known), texts, k=3)
    other = moved_neighbours((parent, known), (child, known), texts, k=3)
    assert same.value.value == 1 and other.value.value is not None and other.value.value < 0.8
    assert "bread" in {each.word: each for each in same.words}["flour"].before
