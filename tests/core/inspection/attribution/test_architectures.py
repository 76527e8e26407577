"""Every architecture of the BERT family: the way by embeddings answers the same, gradients and attention come out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from core.encoding.architectures import ARCHITECTURES
from core.encoding.tokenizing import load_tokenizer
from core.inference.classifier import Classifier
from core.inference.scorers.sequence import SequenceScorer
from core.inspection.attribution import attribute_sight, look
from core.inspection.attribution.explain import methods_for
from tests.core.encoding.tiny_models import save_tokenizer, vocabulary
from tests.core.inspection.attribution.conftest import LABELS, TEXT

OWN: dict[str, dict[str, Any]] = {
    "albert": {"embedding_size": 16},
    "electra": {"embedding_size": 16},
    "roberta": {"pad_token_id": 0, "type_vocab_size": 1},
    "xlm-roberta": {"pad_token_id": 0, "type_vocab_size": 1},
    "camembert": {"pad_token_id": 0, "type_vocab_size": 1},
}


def classifier(folder: Path, kind: str) -> Classifier:
    """A random classifier of that architecture, read through a small vocabulary of word pieces."""
    import transformers

    torch.manual_seed(0)
    name = ARCHITECTURES[kind].classifier
    sizes: dict[str, Any] = {
        "vocab_size": len(vocabulary("bert")), "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2,
        "intermediate_size": 64, "max_position_embeddings": 70, "num_labels": 3,
    }  # fmt: skip
    if kind == "distilbert":
        sizes = {"vocab_size": sizes["vocab_size"], "dim": 32, "n_layers": 2, "n_heads": 2, "hidden_dim": 64,
                 "num_labels": 3}  # fmt: skip
    config = getattr(transformers, name.replace("ForSequenceClassification", "Config"))(**sizes, **OWN.get(kind, {}))
    model = getattr(transformers, name)(config).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(3)
    save_tokenizer(folder, "bert")
    (folder / "config.json").write_text('{"model_type": "bert", "max_position_embeddings": 64}', encoding="utf-8")
    return Classifier(SequenceScorer(model, load_tokenizer(folder), 48), LABELS)


@pytest.mark.parametrize("kind", ARCHITECTURES)
def test_every_method_works(tmp_path: Path, kind: str) -> None:
    made = classifier(tmp_path, kind)
    sight = look(made, TEXT + " 味")
    found = {name: attribute_sight(sight, method=name) for name in methods_for("sequence")}
    gradients = found["integrated_gradients"]
    wanted = made.scorer.logits([TEXT + " 味"]).values[0, made.labels.index(gradients.label)]
    assert gradients.value == pytest.approx(float(wanted), abs=1e-4)
    assert gradients.error is not None and gradients.error < 0.01
    assert found["attention"].total == pytest.approx(1, abs=1e-6)
    assert (found["gradient_norm"].scores > 0).all()
