"""Random models of two small layers, with tokenizers that fit them, made in a moment: nothing is downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

WORDS = ("the", "a", "pizza", "soup", "was", "is", "good", "bad", "cold", "love", "very", "not", "and", "waiter")
SPECIAL = {
    "bert": ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
    "roberta": ("<s>", "<pad>", "</s>", "<unk>", "<mask>"),
}


def tiny_body(folder: Path, kind: str = "bert", seed: int = 0) -> Path:
    """A folder with a random body of that kind and its tokenizer."""
    save_tokenizer(folder, kind)
    torch.manual_seed(seed)
    import transformers

    names = {"bert": "BertModel", "distilbert": "DistilBertModel", "roberta": "RobertaModel", "electra": "ElectraModel"}
    getattr(transformers, names[kind])(config(kind)).save_pretrained(str(folder))
    return folder


def tiny_classifier(folder: Path, labels: Sequence[str], kind: str = "bert", seed: int = 0) -> Any:
    """A folder as plain transformers saves a classifier, and the model itself in eval mode."""
    import transformers

    save_tokenizer(folder, kind)
    torch.manual_seed(seed)
    names = {"bert": "Bert", "distilbert": "DistilBert", "roberta": "Roberta", "electra": "Electra"}
    chosen = config(kind, id2label=dict(enumerate(labels)), label2id={name: i for i, name in enumerate(labels)})
    model = getattr(transformers, names[kind] + "ForSequenceClassification")(chosen).eval()
    with torch.no_grad():  # larger heads, so that texts differ by more than rounding
        for parameter in model.parameters():
            parameter.mul_(3)
    model.save_pretrained(str(folder))
    return model


def config(kind: str, **more: Any) -> Any:
    import transformers

    size = len(vocabulary(kind))
    if kind == "distilbert":
        return transformers.DistilBertConfig(
            vocab_size=size, dim=32, n_layers=2, n_heads=2, hidden_dim=64, max_position_embeddings=64, **more
        )
    positions = 66 if kind == "roberta" else 64
    known = {"bert": "BertConfig", "roberta": "RobertaConfig", "electra": "ElectraConfig"}
    ids = {"pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2, "type_vocab_size": 1} if kind == "roberta" else {}
    return getattr(transformers, known[kind])(
        vocab_size=size, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=positions, **ids, **({"embedding_size": 32} if kind == "electra" else {}), **more,
    )  # fmt: skip


def vocabulary(kind: str) -> list[str]:
    if kind == "roberta":
        from tokenizers import pre_tokenizers

        return [*SPECIAL["roberta"], *sorted(pre_tokenizers.ByteLevel.alphabet())]
    letters = [chr(code) for code in range(97, 123)]
    return [*SPECIAL["bert"], *WORDS, *letters[1:], *(f"##{letter}" for letter in letters), *".,!?0123"]


def save_tokenizer(folder: Path, kind: str) -> None:
    import transformers

    folder.mkdir(parents=True, exist_ok=True)
    known = {piece: place for place, piece in enumerate(vocabulary(kind))}
    if kind == "roberta":
        tokenizer = transformers.RobertaTokenizer(vocab=known, merges=[], model_max_length=64)
    else:
        tokenizer = transformers.BertTokenizer(vocab=known, model_max_length=64)
    tokenizer.save_pretrained(str(folder))
