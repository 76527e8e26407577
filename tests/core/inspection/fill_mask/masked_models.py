"""Masked-word models in folders whose answers are known: random ones of every kind, and one that ignores its text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from core.inspection.subject import Subject
from tests.core.encoding.tiny_models import config, save_tokenizer, vocabulary

NAMES = {"bert": "Bert", "distilbert": "DistilBert", "roberta": "Roberta", "electra": "Electra"}


def random_masked(folder: Path, kind: str = "bert", seed: int = 0) -> Path:
    """A random model with a head whose biases are moved, as a step of training would."""
    model = _made(folder, kind, seed)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.3)
    model.save_pretrained(str(folder))
    return folder


def untrained_masked(folder: Path, kind: str = "bert") -> Path:
    """A random model as transformers makes it."""
    _made(folder, kind, 0).save_pretrained(str(folder))
    return folder


def deaf(folder: Path, probabilities: dict[str, float]) -> Path:
    """A BERT that gives every mask these probabilities, whatever the text; other pieces share the rest."""
    model, pieces = _made(folder, "bert", 0), vocabulary("bert")
    rest = (1 - sum(probabilities.values())) / (len(pieces) - len(probabilities))
    head = model.cls.predictions
    with torch.no_grad():
        for parameter in head.transform.parameters():
            parameter.zero_()
        head.bias.copy_(torch.tensor([probabilities.get(piece, rest) for piece in pieces]).log())
    model.save_pretrained(str(folder))
    return folder


def subject(folder: Path) -> Subject:
    return Subject(folder)


def _made(folder: Path, kind: str, seed: int) -> Any:
    import transformers

    save_tokenizer(folder, kind)
    torch.manual_seed(seed)
    return getattr(transformers, f"{NAMES[kind]}ForMaskedLM")(config(kind)).eval()
