"""Models with a trained masked-word head, in one shape: `bert` makes states, `cls.predictions` makes logits of them.

That shape is what core/pretraining/proof/queries.py asks. transformers makes a missing head from random numbers and
goes on; such a model fills masks with noise, so it is refused here with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import torch

from core.encoding.averaging import drop_averaging_layer
from core.encoding.base_models import tensor_names
from core.encoding.loading import load, read_config
from core.errors import UserProblem

WANTED = "A masked-word head that was trained together with the body is wanted."
ACTION = "Pre-train this model on raw text: that gives it one. Or choose a model that has one."


@dataclass(frozen=True)
class Head:
    """A transformers class, the parts of it that are the head, a tensor that proves it, and states -> logits."""

    model: str
    parts: tuple[str, ...]
    tensor: str
    logits: Callable[[Any], Callable[[torch.Tensor], Any]]


def _distilbert(model: Any) -> Callable[[torch.Tensor], Any]:
    return lambda states: model.vocab_projector(model.vocab_layer_norm(model.activation(model.vocab_transform(states))))


def _electra(model: Any) -> Callable[[torch.Tensor], Any]:
    return lambda states: model.generator_lm_head(model.generator_predictions(states))


def _lm_head(name: str) -> Head:
    return Head(f"{name}ForMaskedLM", ("lm_head",), "lm_head.dense.weight", lambda model: model.lm_head)


# An allow-list, as in core/encoding/architectures.py: a config cannot name code.
HEADS: Mapping[str, Head] = {
    "bert": Head(
        "BertForMaskedLM", ("cls",), "cls.predictions.transform.dense.weight", lambda model: model.cls.predictions
    ),
    "distilbert": Head(
        "DistilBertForMaskedLM", ("vocab_transform", "vocab_layer_norm", "vocab_projector"), "vocab_transform.weight",
        _distilbert,
    ),
    "roberta": _lm_head("Roberta"),
    "xlm-roberta": _lm_head("XLMRoberta"),
    "camembert": _lm_head("Camembert"),
    "mpnet": _lm_head("MPNet"),
    "albert": Head("AlbertForMaskedLM", ("predictions",), "predictions.dense.weight", lambda model: model.predictions),
    "electra": Head(
        "ElectraForMaskedLM", ("generator_predictions", "generator_lm_head"), "generator_predictions.dense.weight",
        _electra,
    ),
}  # fmt: skip


class MaskedModel(torch.nn.Module):
    """A masked language model, float32, in eval mode, its parameters frozen."""

    def __init__(self, model: Any, logits: Callable[[torch.Tensor], Any]) -> None:
        super().__init__()
        self.model = model
        self.bert = model.base_model
        self.cls = SimpleNamespace(predictions=logits)
        self.eval().requires_grad_(False)


def has_head(folder: Path) -> bool:
    """Whether the weights hold a masked-word head, told from the safetensors headers alone."""
    head = HEADS.get(read_config(folder).get("model_type", ""))
    return head is not None and any(name.endswith(head.tensor) for name in tensor_names(folder))


def check(folder: Path) -> None:
    """UserProblem with the reason where the model cannot be asked for masked words."""
    kind = read_config(folder).get("model_type")
    if kind not in HEADS:
        raise UserProblem(f"A model of type {kind!r} has no masked-word head.", f"One of these: {', '.join(HEADS)}.")
    if not has_head(folder):
        more = " ELECTRA's discriminator tells replaced words, its generator fills masks." if kind == "electra" else ""
        raise UserProblem(
            "This model has no masked-word head: its weights make vectors, and nothing in them names words." + more,
            WANTED, ACTION,
        )  # fmt: skip


def load_masked(folder: Path) -> MaskedModel:
    """The model in `folder` with its own head; UserProblem where the head is absent, incomplete or untrained."""
    check(folder)
    head = HEADS[read_config(folder)["model_type"]]
    model: Any = load(head.model, folder)
    if untrained(model, head.parts):
        raise UserProblem(
            "This model's masked-word head is as random as the day it was made: all of its biases are zero.",
            WANTED, ACTION,
        )  # fmt: skip
    drop_averaging_layer(model.base_model)
    return MaskedModel(model, head.logits(model))


def untrained(model: Any, parts: tuple[str, ...]) -> bool:
    """Whether the head still has the values it is made with: biases 0, norms 1. One step of training moves them."""
    found = [(name, value) for name, value in model.named_parameters() if name.split(".")[0] in parts]
    biases = [value for name, value in found if name.endswith("bias") and "seq_relationship" not in name]
    norms = [value for name, value in found if name.lower().endswith(("layernorm.weight", "layer_norm.weight"))]
    return all(bool((value == 0).all()) for value in biases) and all(bool((value == 1).all()) for value in norms)
