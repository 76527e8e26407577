"""A pre-trained BERT as a model folder.

Unusual: a pooler that training does not touch is written on from the base, so that classifiers find one, and so is how
the base says that its vectors are read.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import torch

from core.encoding import loading
from core.encoding.base_models import opened

READING = ("modules.json", "1_Pooling/config.json", "sentence_bert_config.json", "config_sentence_transformers.json")


def save_child(model: Any, tokenizer: Any, folder: Path, base_folder: Path | None = None) -> None:
    """Write config.json, model.safetensors and the tokenizer, and how the base says that its vectors are read."""
    folder.mkdir(parents=True, exist_ok=True)
    state = model.state_dict()
    if base_folder is not None and model.bert.pooler is None:
        state |= _pooler(base_folder)
    model.save_pretrained(str(folder), state_dict=state)
    tokenizer.save_pretrained(str(folder))
    if base_folder is not None:
        _keep_reading(model, base_folder, folder)


def _keep_reading(model: Any, base: Path, folder: Path) -> None:
    for name in READING:
        if (base / name).is_file():
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(base / name, folder / name)
    pooling = folder / READING[1]
    averaged = loading.read_config(base)["num_hidden_layers"] > model.config.num_hidden_layers
    if averaged and not pooling.is_file():  # the base read the mean by the layer that was taken off
        pooling.parent.mkdir(exist_ok=True)
        mean = {"word_embedding_dimension": model.config.hidden_size, "pooling_mode_mean_tokens": True}
        pooling.write_text(json.dumps(mean), encoding="utf-8")


def _pooler(folder: Path) -> dict[str, torch.Tensor]:
    return {
        "bert." + name.removeprefix("bert."): tensors.get_tensor(name).float()
        for tensors in opened(folder)
        for name in tensors.keys()  # noqa: SIM118
        if "pooler.dense." in name
    }
