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
        ("first_last_mean", [8.0, -4.0]),  # factors 2 and 6 average 4
    ],
)
def test_by_hand(name: str, wanted: list[float]) -> None:
    assert pooling(name).pool(STATES, MASK).tolist() == [wanted]


@pytest.mark.parametrize("name", POOLINGS)
def test_padding_does_not_count(name: str) -> None:
    short = [state[:, :2] for state in STATES]
    assert torch.equal(POOLINGS[name].pool(STATES, MASK), POOLINGS[name].pool(short, MASK[:, :2]))


def test_an_unknown_name_tells_the_known_ones() -> None:
    with pytest.raises(UserProblem, match="cls"):
        pooling("median")
