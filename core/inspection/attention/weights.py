"""The attention weights of one reading, from one forward pass, all layers and heads.

Kept as float16: 512 pieces in six layers of twelve heads are 38 MB. A matrix is widened, and its rows divided by their
sum, when it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.encoding.device import device
from core.errors import UserProblem
from core.inspection.reading import Reading
from core.inspection.states import batch_of
from core.inspection.subject import Subject

TOLERANCE = 1e-3  # of a row's sum, as the model computes it


@dataclass(frozen=True)
class Attention:
    """`weights` (L, A, T, T) float16: from piece i (row) to piece j (column) in head a of block l.

    `cls` and `sep` (T,) bool mark the special pieces that begin the input and end its texts.
    """

    reading: Reading
    weights: np.ndarray
    cls: np.ndarray
    sep: np.ndarray

    @property
    def layers(self) -> int:
        """Number of blocks L."""
        return int(self.weights.shape[0])

    @property
    def heads(self) -> int:
        """Heads of a block, A."""
        return int(self.weights.shape[1])

    def matrix(self, layer: int, head: int | None = None) -> np.ndarray:
        """(T, T) float32 of one head, the mean of all heads where `head` is None; every row sums to 1.

        Layers count from 1 to L and heads from 1 to A; UserProblem for any other number.
        """
        _within("layer", layer, self.layers)
        if head is None:
            found = self.weights[layer - 1].mean(axis=0, dtype=np.float32)
        else:
            _within("head", head, self.heads)
            found = self.weights[layer - 1, head - 1].astype(np.float32)
        whole: np.ndarray = found / found.sum(axis=-1, keepdims=True)
        return whole


def attention(subject: Subject, reading: Reading) -> Attention:
    """All attention weights of a reading; UserProblem where it has no piece of text or the model hands out none."""
    _has_text(reading)
    layers = _forward(subject, reading)
    special = np.array([piece.special for piece in reading.pieces], dtype=bool)
    named = [special & (reading.ids == _id(subject, name)) for name in ("cls_token_id", "sep_token_id")]
    return Attention(reading, np.stack([_kept(layer) for layer in layers]), *named)


def _forward(subject: Subject, reading: Reading) -> tuple[Any, ...]:
    """A tensor (1, A, T, T) a block; an empty answer is what transformers' fast attention gives, and is refused."""
    import torch

    body = subject.readable.to(device())
    with torch.inference_mode():
        found = body(**batch_of(subject, [reading]), output_attentions=True).attentions or ()
    if len(found) != subject.layers or any(layer is None for layer in found):
        raise UserProblem(
            f"This model handed out attention of {len(found)} of its {subject.layers} layers.",
            "Its weights cannot be read.", "Choose another model of the BERT family.",
        )  # fmt: skip
    return tuple(found)


def _kept(layer: Any) -> np.ndarray:
    """(A, T, T) float16 of one block, once its rows are seen to sum to 1."""
    weights = layer[0].float().cpu()
    if not bool(((weights.sum(dim=-1) - 1).abs() <= TOLERANCE).all()):
        raise UserProblem(
            "This model's attention does not sum to 1.", "Its parameters may hold numbers that are none.",
            "Train or import the model again.",
        )  # fmt: skip
    return np.asarray(weights.half().numpy())


def _has_text(reading: Reading) -> None:
    for part, text in enumerate(reading.texts):
        if all(piece.special or piece.part != part for piece in reading.pieces):
            which = "text" if len(reading.texts) == 1 else ("first text", "second text")[part]
            found = "has nothing that the model reads" if text.strip() else "is empty"
            raise UserProblem(f"The {which} {found}.", "Attention is paid between words.", "Write at least one word.")


def _id(subject: Subject, name: str) -> int:
    number = getattr(subject.tokenizer, name)
    return -1 if number is None else int(number)


def _within(what: str, number: int, most: int) -> None:
    if not 1 <= number <= most:
        raise UserProblem(f"There is no {what} {number}.", f"This model has {what}s 1 to {most}.")
