"""A sequence classifier as the loop trains it: rates by depth, loss in the chosen precision, validation in batches.

Rates: the new head learns faster than the body, and each layer below the top may learn more slowly than the one above
(Howard and Ruder 2018, discriminative fine-tuning). Biases and layer norms are not decayed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from core.data.examples import ProblemType
from core.encoding.batched import batched
from core.encoding.batching import collate
from core.encoding.device import device
from core.encoding.precision import dtype
from core.encoding.tokenizing import Pieces
from core.errors import Stopped
from core.inference.scorer import PrecisionName
from core.progress import ShouldStop
from core.training.readiness import scores

_LAYER = re.compile(r"\.layers?\.(\d+)\.")
_NOT_DECAYED = re.compile(r"(bias$|LayerNorm|layer_norm)", re.IGNORECASE)


@dataclass(frozen=True)
class Rates:
    """Learning rate of the top of the body, factor of the head, factor a layer downwards, and weight decay."""

    body: float
    head: float
    layer_decay: float
    weight_decay: float


@dataclass(frozen=True)
class Split:
    """Word pieces of n rows with their targets, (n,) int64 or (n, C) float32."""

    pieces: Pieces
    targets: np.ndarray


class SequenceTrainee:
    """A ...ForSequenceClassification of transformers with its rows; implements core.training.plan.Trainee."""

    def __init__(
        self,
        model: torch.nn.Module,
        train: Split,
        validation: Split,
        problem_type: ProblemType,
        rates: Rates,
        precision: PrecisionName,
        label_weights: np.ndarray | None = None,
        pooling: str = "cls",
    ) -> None:
        self.model, self.train, self.validation = model, train, validation
        self.config: Any = model.config
        self.problem_type, self.rates, self.precision = problem_type, rates, precision
        self.pooling = pooling  # what the head reads: "cls" or "mean"
        self.label_weights = None if label_weights is None else torch.tensor(label_weights, dtype=torch.float32)

    def groups(self) -> list[dict[str, Any]]:
        """One group for each distinct rate and decay, in the order of the parameters."""
        found: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
        for name, parameter in self.model.named_parameters():
            if parameter.requires_grad:
                decay = 0.0 if _NOT_DECAYED.search(name) else self.rates.weight_decay
                found.setdefault((self._rate(name), decay), []).append(parameter)
        return [{"params": each, "lr": rate, "weight_decay": decay} for (rate, decay), each in found.items()]

    def _rate(self, name: str) -> float:
        layers = int(getattr(self.config, "num_hidden_layers", 1))
        layer = _LAYER.search(name)
        if layer:
            return self.rates.body * self.rates.layer_decay ** (layers - 1 - int(layer.group(1)))
        if "embeddings" in name:
            return self.rates.body * self.rates.layer_decay**layers
        if name.startswith(("classifier", "pre_classifier")):
            return self.rates.body * self.rates.head
        return self.rates.body

    def loss(self, rows: np.ndarray) -> torch.Tensor:
        """Mean loss () of rows (B,): cross-entropy, or binary cross-entropy over labels."""
        batch = {name: tensor.to(device()) for name, tensor in collate(self.train.pieces, rows).items()}
        targets = torch.from_numpy(self.train.targets[rows]).to(device())
        logits = self.forward(batch)
        weights = None if self.label_weights is None else self.label_weights.to(device())
        if self.problem_type == "multi_label":
            return functional.binary_cross_entropy_with_logits(logits, targets.float(), pos_weight=weights)
        return functional.cross_entropy(logits, targets.long(), weight=weights)

    def validate(self, should_stop: ShouldStop) -> dict[str, float]:
        """Loss, macro-F1 and accuracy on the validation rows; {} where there are none."""
        rows = len(self.validation.targets)
        if not rows:
            return {}
        logits = np.empty((rows, int(self.config.num_labels)), np.float32)
        for places, values in batched(self.forward, self.validation.pieces):
            if should_stop() == "discard":
                raise Stopped("training was stopped during validation")
            logits[places] = values
        return scores(logits, self.validation.targets, self.problem_type)

    def better(self, new: dict[str, float], old: dict[str, float]) -> bool:
        """Higher macro-F1, and where that is equal a lower loss."""
        return _rank(new) > _rank(old)

    def forward(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Logits (B, C) float32 of a batch, computed in the run's precision."""
        low = self.precision != "float32"
        with torch.autocast(device().type, dtype=dtype(self.precision) if low else None, enabled=low):
            logits: torch.Tensor = self.model(**batch).logits
        return logits.float()


def _rank(measured: dict[str, float]) -> tuple[float, float]:
    return round(measured["validation_macro_f1"], 6), -measured["validation_loss"]
