"""Mean pooling as one more BERT layer, for classes that read the first piece of a text only.

A sentence encoder was trained on the mean of its token vectors (Reimers and Gurevych 2019, section 3): its first piece
knows little. transformers' BertForSequenceClassification reads that piece and nothing else, and a folder that it loads
is what we promise. So the mean is brought to the first piece: in the added layer queries and keys are zero, which makes
every piece attend equally to all real pieces; values pass unchanged, `GAIN` times stronger than what the piece itself
carries on. Zero queries and keys get no gradient: the layer goes on averaging, while its feed-forward part may learn.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch

from core.encoding.loading import read_config
from core.errors import UserProblem

GAIN = 10.0  # of the mean over the residual; the layer norm behind it takes the size away
POOLER_GAIN = 0.5  # keeps the pooler's tanh where it bends little: its inputs have unit variance


def averages(folder: Path) -> bool:
    """Tell whether a model folder says, as sentence-transformers writes it, that its vectors are means of tokens."""
    path = folder / "1_Pooling" / "config.json"
    if not path.is_file():
        return False
    said = json.loads(path.read_text(encoding="utf-8"))
    return bool(said.get("pooling_mode_mean_tokens")) or said.get("pooling_mode") == "mean"


def reads_the_mean(pooling: str, folder: Path) -> bool:
    """Whether a head on the model in `folder` shall read the mean: "mean", or "auto" where the model averages.

    UserProblem for "mean" on another architecture than BERT: its layers are built differently.
    """
    plain = read_config(folder).get("model_type") == "bert"
    if pooling == "mean" and not plain:
        raise UserProblem(
            "This base model is not a plain BERT.", "pooling=mean adds a layer of BERT's kind.", "Choose pooling=cls."
        )
    return pooling == "mean" or (pooling == "auto" and plain and averages(folder))


def append_averaging_layer(model: Any) -> None:
    """Add the layer to a BertForSequenceClassification, and make its pooler hand the mean on."""
    layers, config = model.bert.encoder.layer, model.config
    layer = type(layers[0])(config, layer_idx=len(layers))
    with torch.no_grad():
        layer.apply(model._init_weights)
        _average(layer)
        _identity(model.bert.pooler.dense, POOLER_GAIN)
    layers.append(layer.to(layers[0].output.dense.weight.device))
    config.num_hidden_layers = len(layers)


def drop_averaging_layer(body: Any) -> bool:
    """Take the layer off a BertModel, where it has one; whether it had."""
    layers: Any = getattr(getattr(body, "encoder", None), "layer", [])
    last: Any = getattr(layers[-1].attention, "self", None) if len(layers) > 1 else None
    if not hasattr(last, "query") or last.query.weight.any() or last.key.weight.any():
        return False
    del layers[-1]
    body.config.num_hidden_layers = len(layers)
    return True


def _average(layer: Any) -> None:
    attention = layer.attention
    for part in (attention.self.query, attention.self.key, layer.output.dense):
        torch.nn.init.zeros_(part.weight)
        torch.nn.init.zeros_(part.bias)
    _identity(attention.self.value, 1.0)
    _identity(attention.output.dense, GAIN)


def _identity(linear: torch.nn.Linear, gain: float) -> None:
    torch.nn.init.eye_(linear.weight)
    linear.weight.mul_(gain)
    torch.nn.init.zeros_(linear.bias)
