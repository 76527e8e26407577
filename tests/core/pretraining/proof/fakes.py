"""Models whose answers are known beforehand, in the shape that the measures ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import torch

from core.pretraining.vocabulary import bert_tokenizer

LETTERS = [chr(code) for code in range(97, 123)]
KNOWN = ("the", "cat", "sat", "dog", "ran", "home", "fish", "tree")
PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *KNOWN, *LETTERS, *(f"##{letter}" for letter in LETTERS), ".")


def tokenizer(*more: str) -> Any:
    """Known words are one piece, others are spelled; `more` are known as well."""
    return bert_tokenizer({piece: number for number, piece in enumerate((*PIECES, *more))}, lowercase=True)


class Fake(torch.nn.Module):
    """Its logits are what `answer(row of ids, position)` gives for each masked position: a vector (V,)."""

    def __init__(self, answer: Callable[[list[int], int], torch.Tensor]) -> None:
        super().__init__()
        self.answer = answer
        self.cls = SimpleNamespace(predictions=lambda states: states)
        self.calls = 0

    def bert(self, input_ids: torch.Tensor, attention_mask: torch.Tensor | None = None) -> Any:
        self.calls += 1
        states = [
            torch.stack([self.answer(row, place) for place in range(len(row))]) for row in input_ids.tolist()
        ]  # fmt: skip
        return SimpleNamespace(last_hidden_state=torch.stack(states))


def uniform(size: int) -> Fake:
    """Every piece is as probable as any other."""
    return Fake(lambda row, place: torch.zeros(size))


def always(size: int, number: int, probability: float) -> Fake:
    """One piece has this probability everywhere, the others share the rest."""
    logits = torch.full((size,), (1 - probability) / (size - 1)).log()
    logits[number] = torch.tensor(probability).log()
    return Fake(lambda row, place: logits)


def perfect(size: int, truth: Sequence[int]) -> Fake:
    """Knows the one sentence there is: certain of its piece at every position."""
    return Fake(lambda row, place: torch.full((size,), -1e4).index_fill(0, torch.tensor([truth[place]]), 0.0))
