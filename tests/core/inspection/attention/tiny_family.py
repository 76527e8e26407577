"""Random models of two layers and two heads, one for every architecture that may be loaded; nothing is downloaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.core.encoding.tiny_models import WORDS, tiny_body

KINDS = ("bert", "distilbert", "electra", "roberta", "mpnet", "albert", "xlm-roberta", "camembert")
SIZE = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
MARKS = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")


def tiny(folder: Path, kind: str) -> Path:
    """A folder with a random body of that kind and a tokenizer that fits it."""
    if kind in ("bert", "distilbert", "electra", "roberta"):
        return tiny_body(folder, kind)
    import torch

    folder.mkdir(parents=True)
    torch.manual_seed(0)
    {"mpnet": _mpnet, "albert": _albert, "xlm-roberta": _xlm_roberta, "camembert": _camembert}[kind](folder)
    return folder


def _mpnet(folder: Path) -> None:
    import transformers

    letters = [chr(code) for code in range(97, 123)]
    names = [*MARKS[:3], "[UNK]", MARKS[4], *WORDS, *letters[1:], *(f"##{letter}" for letter in letters)]
    tokenizer = transformers.MPNetTokenizer(vocab={name: i for i, name in enumerate(names)}, model_max_length=64)
    tokenizer.save_pretrained(str(folder))
    _save(folder, transformers.MPNetModel, transformers.MPNetConfig, len(names), 66)


def _albert(folder: Path) -> None:
    import transformers

    names = ["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer = transformers.AlbertTokenizer(vocab=_scored(names), model_max_length=64)
    tokenizer.save_pretrained(str(folder))
    _save(
        folder, transformers.AlbertModel, transformers.AlbertConfig, len(tokenizer), 64, embedding_size=16,
        pad_token_id=0, bos_token_id=2, eos_token_id=3,
    )  # fmt: skip


def _xlm_roberta(folder: Path) -> None:
    import transformers

    tokenizer = transformers.XLMRobertaTokenizer(vocab=_scored(list(MARKS)), model_max_length=64)
    tokenizer.save_pretrained(str(folder))
    size = len(tokenizer)
    _save(folder, transformers.XLMRobertaModel, transformers.XLMRobertaConfig, size, 66, type_vocab_size=1)


def _camembert(folder: Path) -> None:
    import transformers

    names = ["<s>NOTUSED", "<pad>", "</s>NOTUSED", "<unk>", "<unk>NOTUSED", "<s>", "</s>", "<mask>"]
    tokenizer = transformers.CamembertTokenizer(vocab=_scored(names), model_max_length=64)
    tokenizer.save_pretrained(str(folder))
    size = len(tokenizer)
    _save(folder, transformers.CamembertModel, transformers.CamembertConfig, size, 66, type_vocab_size=1)


def _scored(specials: list[str]) -> list[tuple[str, float]]:
    """A unigram vocabulary: words and letters, the words likelier."""
    letters = [chr(code) for code in range(97, 123)] + list(".,!?'")
    words = [(f"▁{word}", -2.0) for word in WORDS]
    return [*((name, 0.0) for name in specials), ("▁", -3.0), *words, *((letter, -8.0) for letter in letters)]


def _save(folder: Path, model: Any, config: Any, size: int, positions: int, **more: Any) -> None:
    ids = {"pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2, **more}
    model(config(vocab_size=size, max_position_embeddings=positions, **SIZE, **ids)).save_pretrained(str(folder))
