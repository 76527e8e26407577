"""A classifier as a function of its word embeddings, so that gradients say which piece moves a logit.

The whole classifier runs, with every layer it was trained with; only the look-up of the word embeddings is left to the
caller. Positions and segments stay what they are for the text. Parameters are frozen: they get no gradients.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from core.encoding.architectures import ARCHITECTURES
from core.encoding.device import device
from core.inference.scorers.probe import ProbeScorer
from core.inference.scorers.sequence import SequenceScorer
from core.inspection.eager import eager

if TYPE_CHECKING:
    import torch

MPNET_PADDING = 1  # MPNet counts positions from this id on, whatever its config says


class Differentiable(Protocol):
    """A BERT classifier: `body` (with attention and embeddings inside), and logits of ids or of embeddings."""

    tokenizer: Any
    max_length: int
    segments: bool

    @property
    def body(self) -> Any: ...

    def logits(self, inputs: dict[str, Any]) -> torch.Tensor:
        """(B, C) of what the body takes: `input_ids` or `inputs_embeds`, with mask, segments, positions."""
        ...

    def attended(self) -> tuple[Any, int, bool]:
        """A body that hands out attention, how many layers are read, and whether [CLS] is all that is read of them."""
        ...


class SequenceNetwork:
    """A ...ForSequenceClassification."""

    def __init__(self, scorer: SequenceScorer) -> None:
        self.tokenizer, self.max_length = scorer.tokenizer, scorer.max_length
        self.model: Any = scorer.model.requires_grad_(False)
        self.segments = getattr(scorer.model.config, "type_vocab_size", 0) > 1

    @property
    def body(self) -> Any:
        return self.model

    def logits(self, inputs: dict[str, Any]) -> torch.Tensor:
        found: torch.Tensor = self.model(**inputs).logits
        return found

    def attended(self) -> tuple[Any, int, bool]:
        return eager(self.model), self.model.config.num_hidden_layers, True


class ProbeNetwork:
    """A frozen body, a pooling, and a linear head on the standardised vector."""

    def __init__(self, scorer: ProbeScorer) -> None:
        encoder = scorer.encoder
        self.tokenizer, self.max_length = encoder.tokenizer, encoder.max_length
        self.layer: Any = _layer(encoder.folder, encoder.pooling, encoder.layer)
        self.segments = getattr(self.layer.config, "type_vocab_size", 0) > 1
        self._head = _tensors(scorer)

    @property
    def body(self) -> Any:
        return self.layer.body

    def logits(self, inputs: dict[str, Any]) -> torch.Tensor:
        import torch

        states = self.body(**inputs, output_hidden_states=True).hidden_states[: self.layer.layer + 1]
        shape = states[-1].shape[:2]
        mask = inputs.get("attention_mask")
        mask = torch.ones(shape, dtype=torch.long, device=states[-1].device) if mask is None else mask
        mean, scale, weight, bias = self._head
        vectors: torch.Tensor = (self.layer.pooling.pool(states, mask) - mean) / scale
        return vectors @ weight.T + bias

    def attended(self) -> tuple[Any, int, bool]:
        return eager(self.body), self.layer.layer, self.layer.pooling.name == "cls"


def _tensors(scorer: ProbeScorer) -> tuple[torch.Tensor, ...]:
    """mean, scale, weight, bias; made outside of inference mode, whose tensors take no part in gradients."""
    import torch

    head = (scorer.mean, scorer.scale, scorer.weight, scorer.bias)
    return tuple(torch.from_numpy(np.array(part)).to(device()) for part in head)


def differentiable(scorer: Any) -> Differentiable:
    """The network of a BERT classifier."""
    return ProbeNetwork(scorer) if isinstance(scorer, ProbeScorer) else SequenceNetwork(scorer)


def positions(network: Differentiable, ids: torch.Tensor) -> dict[str, torch.Tensor]:
    """`position_ids` (B, T) where the architecture derives them from the ids, which embeddings do not show."""
    kind = network.body.config.model_type
    if not ARCHITECTURES[kind].shifted:
        return {}
    padding = MPNET_PADDING if kind == "mpnet" else int(network.body.config.pad_token_id)
    real = (ids != padding).long()
    return {"position_ids": real.cumsum(dim=1) * real + padding}


@lru_cache(maxsize=2)
def _layer(folder: Path, pooling: str, layer: int) -> Any:
    """The body of a probe; a model's folder never changes."""
    from core.encoding.layer import BertLayer

    return BertLayer.from_folder(folder, pooling, False, layer).to(device())
