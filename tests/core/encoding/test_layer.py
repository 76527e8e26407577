"""The layer against transformers, frozen and trainable."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from core.encoding.layer import BertLayer
from core.errors import UserProblem

IDS = torch.tensor([[2, 7, 11, 3], [2, 8, 3, 0]])
MASK = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])


def states(folder: Path) -> tuple[torch.Tensor, ...]:
    from transformers import AutoModel

    with torch.no_grad():
        return AutoModel.from_pretrained(folder).eval()(IDS, MASK, output_hidden_states=True).hidden_states


@pytest.mark.parametrize("layer", [-1, 0, 1, 2, -2, -3])
def test_the_chosen_hidden_layer_is_pooled(tiny: Path, layer: int) -> None:
    found = BertLayer.from_folder(tiny, "cls", layer=layer)(IDS, MASK)
    assert torch.allclose(found, states(tiny)[layer][:, 0], atol=1e-6)


def test_mean_counts_only_pieces(tiny: Path) -> None:
    found = BertLayer.from_folder(tiny)(IDS, MASK)
    assert found.shape == (2, BertLayer.from_folder(tiny).hidden_size) == (2, 32)
    assert torch.allclose(found[1], states(tiny)[-1][1, :3].mean(0), atol=1e-6)


def test_a_frozen_layer_learns_nothing_and_never_drops_out(tiny: Path) -> None:
    network = torch.nn.Sequential(BertLayer.from_folder(tiny), torch.nn.Linear(32, 2)).train()
    layer = network[0]
    assert network.training and not layer.body.training
    assert torch.equal(layer(IDS, MASK), layer(IDS, MASK))
    assert not layer(IDS, MASK).requires_grad
    assert [name for name, value in network.named_parameters() if value.requires_grad] == ["1.weight", "1.bias"]


def test_a_trainable_layer_learns(tiny: Path) -> None:
    layer = BertLayer.from_folder(tiny, trainable=True).train()
    assert layer.body.training
    layer(IDS, MASK).sum().backward()
    gradients = [value.grad for value in layer.parameters() if value.grad is not None]
    assert sum(float(gradient.abs().sum()) for gradient in gradients) > 0


def test_state_dict_goes_round(tiny: Path) -> None:
    first, second = BertLayer.from_folder(tiny), BertLayer.from_folder(tiny)
    with torch.no_grad():
        next(second.parameters()).zero_()
    second.load_state_dict(first.state_dict())
    assert torch.equal(first(IDS, MASK), second(IDS, MASK))


@pytest.mark.parametrize("layer", [3, -4])
def test_a_layer_that_is_not_there_is_a_problem(tiny: Path, layer: int) -> None:
    with pytest.raises(UserProblem, match="from -3 to 2"):
        BertLayer.from_folder(tiny, layer=layer)
