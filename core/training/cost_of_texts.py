"""What it costs to pass texts through a model on this machine, measured on a few batches of their own lengths."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from core.encoding.batched import token_budget
from core.encoding.batching import collate, token_batches
from core.encoding.device import device
from core.encoding.tokenizing import Pieces
from core.training.stopwatch import Line, line, timed

if TYPE_CHECKING:
    import torch

Forward = Callable[[dict[str, "torch.Tensor"]], object]
QUANTILES = (0.5, 0.1, 0.9, 1.0)


def forward_line(forward: Forward, pieces: Pieces) -> tuple[Line, float]:
    """Seconds of a forward batch over its padded pieces, and padded pieces a text on average."""
    import torch

    batches = token_batches(pieces.lengths, token_budget())
    sizes = padded(batches, pieces.lengths)
    chosen = [batches[int(q * (len(batches) - 1))] for q in QUANTILES]

    def once(rows: np.ndarray) -> None:
        with torch.inference_mode():
            forward({name: tensor.to(device()) for name, tensor in collate(pieces, rows).items()})
            if device().type == "cuda":
                torch.cuda.synchronize()

    once(chosen[0])
    places = [float(padded([rows], pieces.lengths)[0]) for rows in chosen]
    found = line(places, [timed(partial(once, rows)) for rows in chosen])
    return found, float(sizes.sum() / len(pieces.lengths))


def padded(batches: list[np.ndarray], lengths: np.ndarray) -> np.ndarray:
    """Pieces of each batch with its padding (n,)."""
    return np.array([len(rows) * int(lengths[rows].max()) for rows in batches], dtype=np.float64)


def seconds_for(rows: int, found: Line, per_text: float) -> float:
    """Seconds to pass `rows` texts of `per_text` padded pieces each forward, in batches of the token budget."""
    total = rows * per_text
    return total / token_budget() * found.fixed + total * found.each
