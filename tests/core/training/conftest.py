"""A BERT of two small layers with words of its own, and data it can learn in seconds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from core.data.examples import Examples, LabelledData, ProblemType

GOOD = ("lovely", "tasty", "great", "fresh", "warm")
BAD = ("awful", "cold", "stale", "greasy", "bland")
OTHER = ("pizza", "soup", "salad", "the", "was", "and", "a", "very", "with", "bread", "rice", "tea")
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a random BERT (2 layers, H = 32) and a word-level WordPiece tokenizer."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny_base")
    words = (*SPECIAL, *GOOD, *BAD, *OTHER)
    tokenizer = Tokenizer(models.WordPiece({word: i for i, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    BertTokenizerFast(tokenizer_object=tokenizer, model_max_length=128).save_pretrained(str(folder))
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
    )
    BertModel(config).save_pretrained(str(folder))
    return folder


def examples(rows: int, seed: int, problem_type: ProblemType = "single_label", pairs: bool = False) -> Examples:
    """Sentences whose label (0 bad, 1 good; or both as several labels) is told by one of their words."""
    rng = np.random.default_rng(seed)
    yes = rng.random((rows, 2)) < 0.5
    texts, targets = [], []
    for good, bad in yes:
        filling = list(rng.choice(OTHER, int(rng.integers(3, 9))))
        several = problem_type == "multi_label"
        told = [GOOD[rng.integers(5)]] * int(good) + [BAD[rng.integers(5)]] * int(bad if several else not good)
        texts.append(" ".join(rng.permutation(filling + told)))
        targets.append([float(bad), float(good)] if several else int(good))
    array = np.array(targets, dtype=np.float32 if problem_type == "multi_label" else np.int64)
    seconds = tuple("the tea was warm" for _ in texts) if pairs else None
    return Examples(tuple(texts), array, np.arange(rows, dtype=np.int64), seconds)


def food(
    train: int = 120, held: int = 60, problem_type: ProblemType = "single_label", pairs: bool = False
) -> LabelledData:
    """A whole dataset of such sentences, labels "bad" and "good"."""
    return LabelledData(
        ("bad", "good"),
        problem_type,
        examples(train, 1, problem_type, pairs),
        examples(held, 2, problem_type, pairs),
        examples(held, 3, problem_type, pairs),
    )
