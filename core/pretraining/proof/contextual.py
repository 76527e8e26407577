"""Vectors of words in sentences, by layer: the mean of the states of a word's pieces.

Layer 0 is the sum of word, position and segment embeddings after its norm; layer l the output of block l.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch

from core.encoding.batched import token_budget
from core.encoding.batching import token_batches
from core.errors import Stopped
from core.pretraining.proof.queries import asking, padded
from core.progress import Progress, Report, ShouldStop

Span = tuple[int, int, int]  # row, first piece, the one behind the last


def word_states(
    model: Any,
    ids: Sequence[np.ndarray],
    spans: Sequence[Span],
    *,
    layers: Sequence[int] | None,
    phase: str,
    report: Report,
    should_stop: ShouldStop,
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For each batch the numbers of its spans (N,) and their vectors (N, layers, H) float32; all layers where None."""
    body = getattr(model, "bert", model)
    of_row: dict[int, list[int]] = {}
    for number, (row, _, _) in enumerate(spans):
        of_row.setdefault(row, []).append(number)
    rows, done = np.array(sorted(of_row), dtype=np.int64), 0
    with asking(body):
        for batch in token_batches(np.array([len(ids[row]) for row in rows]), token_budget()):
            if should_stop():
                raise Stopped
            states = body(**padded([ids[row] for row in rows[batch]]), output_hidden_states=True).hidden_states
            states = states if layers is None else [states[layer] for layer in layers]
            numbers, vectors = [], []
            for place, row in enumerate(rows[batch]):
                for number in of_row[int(row)]:
                    _, start, end = spans[number]
                    numbers.append(number)
                    vectors.append(torch.stack([state[place, start:end].mean(dim=0) for state in states]))
            done += len(batch)
            report(Progress(phase, done, len(rows)))
            yield np.array(numbers), torch.stack(vectors).float().cpu().numpy()


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors (..., H) at length 1; one of length 0 stays."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(lengths == 0, 1, lengths)
