"""BERT as one layer of anyone's network: word pieces in, one vector a text out, frozen or trainable, pooling named.

A plain `torch.nn.Module`: put it in a Sequential, a ModuleList or a Keras model on the torch backend.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from core.encoding.loading import load_body
from core.encoding.pooling import pooling as named_pooling
from core.errors import UserProblem


class BertLayer(torch.nn.Module):
    """A BERT body with a pooling; `layer` is the hidden layer that is pooled (0 embeddings, -1 the last)."""

    def __init__(self, body: torch.nn.Module, pooling: str = "mean", trainable: bool = False, layer: int = -1) -> None:
        super().__init__()
        self.body = body
        self.pooling = named_pooling(pooling)
        self.layer = _index(layer, self.layers)
        self.trainable = trainable
        self.body.requires_grad_(trainable)
        self.train(self.training)

    @classmethod
    def from_folder(
        cls, folder: Path | str, pooling: str = "mean", trainable: bool = False, layer: int = -1
    ) -> BertLayer:
        """The layer with the weights of a model folder (safetensors, BERT family); UserProblem when it has none."""
        return cls(load_body(Path(folder)), pooling, trainable, layer)

    @property
    def config(self) -> Any:
        return self.body.config

    @property
    def hidden_size(self) -> int:
        """The width of the vector that comes out: H, or a multiple of it (see Pooling.parts)."""
        return self.pooling.width(int(self.config.hidden_size), self.layer)

    @property
    def layers(self) -> int:
        """L, the number of hidden layers above the embeddings."""
        return int(self.config.num_hidden_layers)

    def train(self, mode: bool = True) -> BertLayer:
        """As in torch, except that a frozen body stays in eval mode: no dropout in what is not learned."""
        super().train(mode)
        if not self.trainable:
            self.body.eval()
        return self

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor | None = None,
        token_type_ids: torch.Tensor | None = None,
    ) -> torch.Tensor:
        """(B, T) ids, mask and types to (B, H); without a mask every piece counts."""
        with torch.set_grad_enabled(self.trainable and torch.is_grad_enabled()):
            states = self._states(input_ids, attention_mask, token_type_ids)
            mask = torch.ones_like(input_ids) if attention_mask is None else attention_mask
            return self.pooling.pool(states, mask)

    def _states(
        self, ids: torch.Tensor, mask: torch.Tensor | None, types: torch.Tensor | None
    ) -> Sequence[torch.Tensor]:
        inputs: dict[str, Any] = {"input_ids": ids, "attention_mask": mask}
        if types is not None and getattr(self.config, "type_vocab_size", 0) > 1:
            inputs["token_type_ids"] = types
        if self.layer == self.layers and not self.pooling.all_layers:
            return (self.body(**inputs).last_hidden_state,)
        return tuple(self.body(**inputs, output_hidden_states=True).hidden_states[: self.layer + 1])


def _index(layer: int, layers: int) -> int:
    if not -layers - 1 <= layer <= layers:
        raise UserProblem(f"layer is {layer}.", f"It must be from {-layers - 1} to {layers} for this model.")
    return layer if layer >= 0 else layers + 1 + layer
