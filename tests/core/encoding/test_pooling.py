"""Every pooling by hand, and padding never counts."""

from __future__ import annotations

import pytest
import torch

from core.encoding.pooling import POOLINGS, pooling
from core.errors import UserProblem

# one text of two tokens and one padded place, H = 2, states of embeddings and five layers
STATES = [torch.tensor([[[1.0, 0.0], [3.0, -2.0], [99.0, 99.0]]]) * factor for factor in (1, 2, 3, 4, 5, 6)]
MASK = torch.tensor([[1, 1, 0]])


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("cls", [6.0, 0.0]),
        ("mean", [12.0, -6.0]),
        ("max", [18.0, 0.0]),
        ("last_four_mean", [9.0, -4.5]),  # factors 3 to 6 average 4.5, times the mean [2, -1]
        ("last_four_concat", [2 / 5**0.5, -1 / 5**0.5] * 4),  # [2, -1] whatever its factor, of length 1, four times
        ("first_last_mean", [8.0, -4.0]),  # factors 2 and 6 average 4
    ],
)
def test_by_hand(name: str, wanted: list[float]) -> None:
    assert pooling(name).pool(STATES, MASK).tolist() == [pytest.approx(wanted)]
    assert pooling(name).width(2, 5) == len(wanted)


def test_a_model_of_few_layers_gives_as_many_parts_as_it_has() -> None:
    beside = pooling("last_four_concat")
    assert beside.pool(STATES[:2], MASK).shape == (1, 4) == (1, beside.width(2, 1))


@pytest.mark.parametrize("name", POOLINGS)
def test_padding_does_not_count(name: str) -> None:
    short = [state[:, :2] for state in STATES]
    assert torch.equal(POOLINGS[name].pool(STATES, MASK), POOLINGS[name].pool(short, MASK[:, :2]))


def test_an_unknown_name_tells_the_known_ones() -> None:
    with pytest.raises(UserProblem, match="cls"):
        pooling("median")
