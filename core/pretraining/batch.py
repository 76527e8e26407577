"""Batches of examples: sorted by length and cut into even batches inside a buffer, so that little padding is computed.

Unlike core/encoding/batching.py, batches of a buffer are as equal in size as can be: each is one optimizer step, and
the last one of a buffer must not be a step on three sentences.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.pretraining.example import Sequences
from core.pretraining.masking import IGNORED, Masked


@dataclass(frozen=True)
class Batch:
    """B examples of at most T pieces, int64, ready for torch.from_numpy.

    `input_ids`, `token_type_ids`, `labels` (B, T), `attention_mask` (B, T) or None where nothing is padded,
    `pair_labels` (B,) or None; `tokens` pieces without padding; `examples` (B,) places in the buffer.
    """

    input_ids: np.ndarray
    attention_mask: np.ndarray | None
    token_type_ids: np.ndarray
    labels: np.ndarray
    pair_labels: np.ndarray | None
    tokens: int
    examples: np.ndarray


def even_batches(lengths: np.ndarray, tokens_a_batch: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Places (int64) in batches of at most `tokens_a_batch` padded pieces, in random order; equal lengths are mixed.

    As few batches as that allows, and then the smallest bound that needs no more of them. An example longer than the
    bound is a batch alone.
    """
    shuffled = rng.permutation(len(lengths))
    order = shuffled[np.argsort(-lengths[shuffled], kind="stable")]
    longest_first = lengths[order]
    cuts = _cuts(longest_first, tokens_a_batch)
    low, high = 1, tokens_a_batch
    while low < high:
        middle = (low + high) // 2
        fewer = _cuts(longest_first, middle)
        low, high, cuts = (low, middle, fewer) if len(fewer) <= len(cuts) else (middle + 1, high, cuts)
    batches = np.split(order, cuts[1:]) if len(order) else []
    return [batches[place] for place in rng.permutation(len(batches))]


def _cuts(longest_first: np.ndarray, bound: int) -> list[int]:
    """Where batches begin: the first of a batch is its longest, so it tells how many fit."""
    cuts, start = [], 0
    while start < len(longest_first):
        cuts.append(start)
        start += max(1, bound // int(longest_first[start]))
    return cuts


def collate(found: Sequences, masked: Masked, rows: np.ndarray, pad: int) -> Batch:
    """Padded arrays of some examples."""
    lengths = found.lengths[rows]
    longest = int(lengths.max())
    inside = np.arange(longest)[None, :] < lengths[:, None]
    flat = (found.starts[rows][:, None] + np.arange(longest)[None, :])[inside]
    return Batch(
        _padded(masked.ids[flat], inside, pad),
        None if inside.all() else inside.astype(np.int64),
        _padded(found.types[flat], inside, 0),
        _padded(masked.labels[flat], inside, IGNORED),
        None if found.pair_labels is None else found.pair_labels[rows],
        int(lengths.sum()),
        rows,
    )


def _padded(values: np.ndarray, inside: np.ndarray, filler: int) -> np.ndarray:
    padded = np.full(inside.shape, filler, dtype=np.int64)
    padded[inside] = values
    return padded
