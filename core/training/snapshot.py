"""Everything a training needs to go on exactly: weights, AdamW moments and the state of the random generators.

Tensors are named "weight/NAME", "moment/NAME/KEY" and "random/KIND". Frozen weights are not kept: they come back
from the base model.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch


def weights(model: torch.nn.Module) -> dict[str, torch.Tensor]:
    """Trainable parameters and buffers by "weight/NAME"."""
    found = {f"weight/{name}": value for name, value in model.named_parameters() if value.requires_grad}
    return found | {f"weight/{name}": value for name, value in model.named_buffers()}


def put_weights(model: torch.nn.Module, tensors: Mapping[str, torch.Tensor]) -> None:
    """Copy "weight/NAME" back into the model; KeyError where one is missing."""
    with torch.no_grad():
        for name, value in weights(model).items():
            value.copy_(tensors[name])


def moments(model: torch.nn.Module, optimizer: torch.optim.Optimizer) -> dict[str, torch.Tensor]:
    """State of the optimizer by "moment/NAME/KEY"; parameters that never moved have none."""
    return {
        f"moment/{name}/{key}": value
        for name, parameter in model.named_parameters()
        for key, value in optimizer.state.get(parameter, {}).items()
    }


def put_moments(model: torch.nn.Module, optimizer: torch.optim.Optimizer, tensors: Mapping[str, torch.Tensor]) -> None:
    """Give the optimizer back what `moments` kept."""
    for name, parameter in model.named_parameters():
        prefix = f"moment/{name}/"
        kept = {key.removeprefix(prefix): value for key, value in tensors.items() if key.startswith(prefix)}
        if kept:
            optimizer.state[parameter] = {key: value.to(parameter.device) for key, value in kept.items()}


def random_state() -> dict[str, torch.Tensor]:
    """State of torch's generators by "random/KIND", uint8."""
    found = {"random/cpu": torch.get_rng_state()}
    if torch.cuda.is_available():
        found["random/cuda"] = torch.cuda.get_rng_state()
    return found


def put_random_state(tensors: Mapping[str, torch.Tensor]) -> None:
    """Set torch's generators to what `random_state` kept."""
    torch.set_rng_state(tensors["random/cpu"])
    if torch.cuda.is_available() and "random/cuda" in tensors:
        torch.cuda.set_rng_state(tensors["random/cuda"])
