"""Running a module over many texts: token-budget batches in, one float32 row a text out, in the texts' order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from core.encoding.batching import GPU_TOKEN_BUDGET, TOKEN_BUDGET, collate, token_batches
from core.encoding.device import device
from core.encoding.tokenizing import Pieces

if TYPE_CHECKING:
    import torch

Compute = Callable[[dict[str, "torch.Tensor"]], "torch.Tensor"]


def token_budget() -> int:
    """Pieces a batch on this machine's device."""
    return GPU_TOKEN_BUDGET if device().type == "cuda" else TOKEN_BUDGET


def batched(compute: Compute, pieces: Pieces, budget: int | None = None) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For each batch its row numbers (B,) and the rows (B, K) float32 that `compute` made of it, longest texts last."""
    import torch

    place = device()
    for rows in token_batches(pieces.lengths, budget or token_budget()):
        with torch.inference_mode():
            batch = {name: tensor.to(place, non_blocking=True) for name, tensor in collate(pieces, rows).items()}
            values = compute(batch).float().cpu().numpy()
        yield rows, values


def run(compute: Compute, pieces: Pieces, width: int, budget: int | None = None) -> np.ndarray:
    """All rows (n, width) float32 in the order of the texts."""
    out = np.empty((len(pieces), width), dtype=np.float32)
    for rows, values in batched(compute, pieces, budget):
        out[rows] = values
    return out
