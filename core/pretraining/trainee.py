"""A BERT with its pre-training heads as the loop trains it: masked words, and pairs where the objective has them.

The masked-word head is computed at masked positions only: for a small BERT the product with the vocabulary costs as
much as the whole body, and 85 % of its rows would be thrown away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

from core.encoding.device import device
from core.encoding.precision import dtype
from core.inference.scorer import PrecisionName

IGNORED = -100
_HEADS = ("cls.",)


@dataclass(frozen=True)
class Counted:
    """What a batch measured: sums over masked tokens and over pairs, with how many there were."""

    words: int
    word_loss: float
    words_right: int
    pairs: int = 0
    pair_loss: float = 0.0
    pairs_right: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def metrics(self, prefix: str = "") -> dict[str, float]:
        """loss, masked_loss, masked_accuracy and, where there are pairs, pair_loss and pair_accuracy."""
        masked = self.word_loss / max(1, self.words)
        found = {"masked_loss": masked, "masked_accuracy": self.words_right / max(1, self.words)}
        pair = self.pair_loss / max(1, self.pairs)
        if self.pairs:
            found |= {"pair_loss": pair, "pair_accuracy": self.pairs_right / self.pairs}
        return {f"{prefix}loss": masked + pair, **{f"{prefix}{name}": value for name, value in found.items()}}


NOTHING = Counted(0, 0.0, 0)


class PretrainTrainee:
    """`model` is a BertForPreTraining or BertForMaskedLM; batches are core.pretraining.stream's."""

    def __init__(self, model: Any, precision: PrecisionName, weight_decay: float = 0.01) -> None:
        self.model, self.precision, self.weight_decay = model, precision, weight_decay
        self.pair_head: Any = getattr(model.cls, "seq_relationship", None)

    def groups(self, body: float, head: float) -> list[dict[str, Any]]:
        """Parameter groups for AdamW: the body's and the heads' rates, biases and layer norms not decayed."""
        found: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
        for name, parameter in self.model.named_parameters():
            decay = 0.0 if name.endswith("bias") or "LayerNorm" in name else self.weight_decay
            found.setdefault((head if self.of_head(name) else body, decay), []).append(parameter)
        return [{"params": each, "lr": rate, "weight_decay": decay} for (rate, decay), each in found.items()]

    def of_head(self, name: str) -> bool:
        """Whether a parameter belongs to a head; the pooler serves the pair head alone."""
        return name.startswith(_HEADS) or name.startswith("bert.pooler.")

    def freeze_body(self, frozen: bool) -> None:
        """Let only heads learn; the word embeddings, to which the masked-word head is tied, are the body's."""
        for name, parameter in self.model.named_parameters():
            parameter.requires_grad_(not frozen or self.of_head(name))

    def loss(self, batch: Any) -> tuple[torch.Tensor, Counted]:
        """Mean loss () over masked words plus mean loss over pairs, and what was counted."""
        words, targets, pairs = self._logits(batch)
        total = functional.cross_entropy(words, targets)
        n = len(targets)
        counted = Counted(n, float(total.detach()) * n, _right(words, targets))
        if pairs is not None:
            pair_targets = torch.from_numpy(batch.pair_labels).to(device()).long()
            pair_loss = functional.cross_entropy(pairs, pair_targets)
            n = len(pair_targets)
            counted += Counted(0, 0.0, 0, n, float(pair_loss.detach()) * n, _right(pairs, pair_targets))
            total = total + pair_loss
        return total, counted

    def _logits(self, batch: Any) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor | None]:
        """Logits of masked words (n, V), their targets (n,), and logits of pairs (B, 2) where there are any."""
        place = device()
        inputs = {
            name: torch.from_numpy(value).to(place)
            for name in ("input_ids", "attention_mask", "token_type_ids")
            if (value := getattr(batch, name)) is not None
        }
        labels = torch.from_numpy(batch.labels).to(place)
        chosen = labels != IGNORED
        low = self.precision != "float32"
        with torch.autocast(place.type, dtype=dtype(self.precision) if low else None, enabled=low):
            out = self.model.bert(**inputs)
            words = self.model.cls.predictions(out.last_hidden_state[chosen])
            pairs = None
            if batch.pair_labels is not None and self.pair_head is not None:
                pairs = self.pair_head(out.pooler_output).float()
        return words.float(), labels[chosen].long(), pairs


def _right(logits: torch.Tensor, targets: torch.Tensor) -> int:
    return int((logits.argmax(dim=1) == targets).sum())
