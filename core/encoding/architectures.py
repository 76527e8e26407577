"""The BERT family that may be loaded, and the transformers classes that load it.

An allow-list instead of `Auto` classes: a config cannot name code, because only these names are ever looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import UserProblem


@dataclass(frozen=True)
class Architecture:
    """Names of transformers classes; `shifted` positions start behind the padding id (RoBERTa's way of counting)."""

    body: str
    classifier: str
    tokenizer: str
    shifted: bool = False
    pooler: bool = True


ARCHITECTURES: Mapping[str, Architecture] = {
    "bert": Architecture("BertModel", "BertForSequenceClassification", "BertTokenizer"),
    "distilbert": Architecture(
        "DistilBertModel", "DistilBertForSequenceClassification", "DistilBertTokenizer", pooler=False
    ),
    "electra": Architecture("ElectraModel", "ElectraForSequenceClassification", "ElectraTokenizer", pooler=False),
    "roberta": Architecture("RobertaModel", "RobertaForSequenceClassification", "RobertaTokenizer", shifted=True),
    "mpnet": Architecture("MPNetModel", "MPNetForSequenceClassification", "MPNetTokenizer", shifted=True),
    "albert": Architecture("AlbertModel", "AlbertForSequenceClassification", "AlbertTokenizer"),
    "xlm-roberta": Architecture(
        "XLMRobertaModel", "XLMRobertaForSequenceClassification", "XLMRobertaTokenizer", shifted=True
    ),
    "camembert": Architecture(
        "CamembertModel", "CamembertForSequenceClassification", "CamembertTokenizer", shifted=True
    ),
}


def architecture(config: Mapping[str, Any]) -> Architecture:
    """The architecture that a config.json names; UserProblem when it is not one of the BERT family above."""
    name = config.get("model_type")
    if isinstance(name, str) and name in ARCHITECTURES:
        return ARCHITECTURES[name]
    found = f"model_type {name!r}" if name else "no model_type"
    raise UserProblem(
        f"The model's config.json has {found}.",
        f"A model must be one of: {', '.join(ARCHITECTURES)}.",
        "Choose a BERT-family model.",
    )


def longest_input(config: Mapping[str, Any]) -> int:
    """Most word pieces the model has positions for, special pieces included."""
    positions = int(config.get("max_position_embeddings", 512))
    if not architecture(config).shifted:
        return positions
    return positions - 1 - int(config.get("pad_token_id", 1))
