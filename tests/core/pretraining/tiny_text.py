"""Made-up batches that a tiny BERT can learn by heart in seconds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from transformers import BertConfig, BertForPreTraining

VOCABULARY, MASK, CLS, SEP = 40, 4, 2, 3


@dataclass(frozen=True)
class MadeUp:
    """A batch in the shape of core.pretraining.stream's."""

    input_ids: np.ndarray
    labels: np.ndarray
    pair_labels: np.ndarray | None
    attention_mask: np.ndarray | None = None
    token_type_ids: np.ndarray | None = None

    @property
    def tokens(self) -> int:
        return int(self.input_ids.size)


def batch(seed: int, rows: int = 8, length: int = 12, pairs: bool = True) -> MadeUp:
    """Rows that count upwards; one position of each is masked; a pair label is the parity of the first piece."""
    rng = np.random.default_rng(seed)
    starts = rng.integers(5, VOCABULARY - length, rows)
    ids = starts[:, None] + np.arange(length)
    ids[:, 0], ids[:, -1] = CLS, SEP
    labels = np.full_like(ids, -100)
    chosen = rng.integers(1, length - 1, rows)
    labels[np.arange(rows), chosen] = ids[np.arange(rows), chosen]
    ids[np.arange(rows), chosen] = MASK
    return MadeUp(ids.astype(np.int64), labels.astype(np.int64), starts % 2 if pairs else None)


class Counting:
    """A stream of `size` batches an epoch; a place is the number of the next one."""

    def __init__(self, size: int = 4, pairs: bool = True) -> None:
        self.size, self.pairs = size, pairs
        self.given: list[tuple[int, int]] = []

    def batches(self, epoch: int, tokens_a_batch: int, start: Any = None) -> Iterator[tuple[MadeUp, int]]:
        for number in range(start or 0, self.size):
            self.given.append((epoch, number))
            yield batch(number, pairs=self.pairs), number + 1


def tiny_model(seed: int = 0) -> BertForPreTraining:
    torch.manual_seed(seed)
    return BertForPreTraining(
        BertConfig(
            vocab_size=VOCABULARY, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
            max_position_embeddings=32,
        )
    )  # fmt: skip
