"""Real but tiny: a random two-layer BERT with the bundled vocabulary, and a dataset of two hundred short reviews."""

from __future__ import annotations

import io
import logging
import random
import shutil
import signal
from pathlib import Path

from core.data.column_mapping import ColumnMapping
from core.data.corpus.options import CorpusOptions
from core.encoding import base_models
from core.jobs import corpora, datasets, submit, uploads, workspace
from core.jobs.run import attempt_at
from core.jobs.settings import EngineSettings
from registry import models, runs
from registry.records import DatasetVersion, ModelVersion, Run
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


def run_here(registry: Registry, run: Run) -> Run:
    """Run a submitted run in this process, as its own process would."""
    before, loggers = signal.getsignal(signal.SIGTERM), [logging.getLogger(name) for name in ("amontillado", "core")]
    kept = [(logger.handlers, logger.propagate) for logger in loggers]
    with registry.begin() as session:
        claimed = runs.claim(session, worker="here")
    assert claimed is not None and claimed.id == run.id
    try:
        attempt_at(registry, claimed, EngineSettings.from_environment())
    finally:
        signal.signal(signal.SIGTERM, before)
        for logger, (handlers, propagate) in zip(loggers, kept, strict=True):
            logger.handlers, logger.propagate = handlers, propagate
    with registry.read() as session:
        return runs.get(session, run.id)


def train_tfidf(registry: Registry, name: str, dataset: str = "reviews") -> ModelVersion:
    """Train a TF-IDF model in this process."""
    run = submit.fine_tune(registry, dataset=dataset, method="tfidf", base=None, name=name, parameters={}, who="tester")
    ended = run_here(registry, run)
    assert ended.status == "finished", ended.error + ended.log
    with registry.read() as session:
        return models.get(session, ended.result["model_version"])


def add_story(registry: Registry, folder: Path, name: str = "story", seed: int = 3) -> DatasetVersion:
    """Save a made-up text as a corpus, the way the command line does."""
    chance = random.Random(seed)
    paragraphs = [
        " ".join(f"The {chance.choice(GOOD + BAD)} {chance.choice(THINGS)} was near the {chance.choice(THINGS)}."
                 for _ in range(12))
        for _ in range(25)
    ]  # fmt: skip
    path = folder / f"{name}.txt"
    path.write_text("\n\n".join(paragraphs), encoding="utf-8")
    staged = corpora.stage_files(registry, [path])
    return corpora.save(registry, staged, corpora.check(staged, CorpusOptions()), name=name, who="tester")
