"""What a model offers at masked positions: its most probable pieces among those that may be shown.

Probabilities are those of the softmax over the whole vocabulary (Devlin et al. 2019, section 3.1). Pieces that no text
holds ([unused..], special ones) are never offered; their share is told instead of being spread over the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from core.encoding.batched import token_budget
from core.encoding.batching import token_batches
from core.encoding.device import device
from core.errors import Stopped
from core.pretraining.proof.queries import asking, padded
from core.progress import ShouldStop, never

CONTINUES = "##"


@dataclass(frozen=True)
class Tops:
    """For K masked positions: ids (K, B) int64, their log probabilities (K, B) float64, best first, in nats.

    hidden (K,) float64: probability of all pieces that are not offered.
    """

    ids: np.ndarray
    log_probability: np.ndarray
    hidden: np.ndarray


Offer = Callable[[Sequence[np.ndarray], Sequence[Sequence[int]]], list[Tops]]


def offered(tokenizer: Any, size: int, *, continuations: bool = True) -> np.ndarray:
    """(V,) bool: pieces that may be offered, with `continuations` also those that go on a word (##)."""
    may = np.zeros(size, dtype=bool)
    special = set(tokenizer.all_special_ids)
    for piece, number in tokenizer.get_vocab().items():
        hidden = piece.startswith("[unused") or number in special
        may[number] = not hidden and (continuations or not piece.startswith(CONTINUES))
    return may


def offers(model: Any, may: np.ndarray, most: int, *, should_stop: ShouldStop = never) -> Offer:
    """Ask `model` for the `most` best pieces of `may` (V,) at given positions of given rows of ids."""
    allowed = torch.from_numpy(may).to(device())
    most = min(most, int(may.sum()))

    def offer(rows: Sequence[np.ndarray], positions: Sequence[Sequence[int]]) -> list[Tops]:
        found: dict[int, Tops] = {}
        with asking(model):
            for batch in token_batches(np.array([len(row) for row in rows]), token_budget()):
                if should_stop():
                    raise Stopped
                states = model.bert(**padded([rows[row] for row in batch])).last_hidden_state
                for place, row in enumerate(batch):
                    found[int(row)] = _tops(model, states[place, list(positions[row])], allowed, most)
        return [found[row] for row in range(len(rows))]

    return offer


def _tops(model: Any, states: torch.Tensor, allowed: torch.Tensor, most: int) -> Tops:
    logs = torch.log_softmax(model.cls.predictions(states).double(), dim=-1)
    hidden = logs.exp()[:, ~allowed].sum(dim=-1)
    best = logs.masked_fill(~allowed, -torch.inf).topk(most, dim=-1)
    return Tops(best.indices.cpu().numpy(), best.values.cpu().numpy(), hidden.cpu().numpy())
