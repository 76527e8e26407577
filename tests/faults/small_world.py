"""Real but tiny: a random two-layer BERT with the bundled vocabulary, and a dataset of two hundred short reviews."""

from __future__ import annotations

import io
import random
import shutil
from pathlib import Path

from core.data.column_mapping import ColumnMapping
from core.encoding import base_models
from core.jobs import datasets, uploads, workspace
from registry.records import DatasetVersion
from registry.session import Registry

GOOD = ("lovely", "warm", "fresh", "crisp", "generous", "friendly")
BAD = ("cold", "stale", "greasy", "rude", "burnt", "slow")
THINGS = ("pizza", "soup", "waiter", "bread", "salad", "terrace", "coffee", "dessert")


def reviews(rows: int, seed: int = 0) -> str:
    """A CSV of short reviews that a model can learn."""
    chance, lines = random.Random(seed), ["text,label"]
    for number in range(rows):
        words, label = (GOOD, "positive") if number % 2 else (BAD, "negative")
        first, second = chance.sample(THINGS, 2)
        lines.append(f"Visit {number}: {chance.choice(words)} {first} and {chance.choice(words)} {second},{label}")
    return "\n".join(lines) + "\n"


def add_reviews(registry: Registry, name: str = "reviews", rows: int = 200) -> DatasetVersion:
    """Save the reviews as a dataset, the way a page does."""
    staged = uploads.stage(registry, f"{name}.csv", io.BytesIO(reviews(rows).encode()))
    uploads.parse(staged)
    report = uploads.check(staged, ColumnMapping("text", "label"))
    return datasets.save(registry, staged, report, name=name, who="tester")


def add_tiny_bert(registry: Registry, folder: Path) -> None:
    """Register a random BERT of two layers as the pretrained model `tiny`."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    config = BertConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, vocab_size=30522
    )
    BertModel(config).save_pretrained(folder)
    for path in base_models.tokenizer_files(base_models.bundled()):
        shutil.copyfile(path, folder / path.name)
    workspace.register_base(registry, "tiny", folder, "For tests.")
