"""A whole pre-training: start, phases over the corpus, the holdout that decides which weights are kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch

from core.data.corpus.store import Corpus, CorpusSplit
from core.encoding.base_models import digest
from core.encoding.device import device
from core.encoding.tokenizing import load_tokenizer
from core.errors import UserProblem
from core.pretraining import heads
from core.pretraining.batch import even_batches
from core.pretraining.config import PretrainConfig
from core.pretraining.keeping import WARM
from core.pretraining.loop import train
from core.pretraining.masking import Masking
from core.pretraining.objectives import OBJECTIVES
from core.pretraining.phases import Phase, phases
from core.pretraining.plan import Plan, Stream
from core.pretraining.position import Trained
from core.pretraining.readers import Readers
from core.pretraining.start import Start, start
from core.pretraining.stream import ExampleStream
from core.pretraining.trainee import PretrainTrainee
from core.progress import Report, ShouldStop
from core.training import checkpoints as kept
from core.training import run_precision
from core.training.out_of_memory import told

HOLDOUT_TOKENS = 40_000  # what a look at the holdout reads: its masked words decide to about one percent
HOLDOUT_SEED = 20_190_524
COUNTED_BUFFERS = 3


@dataclass(frozen=True)
class Pretrained:
    """What a pre-training leaves: the model with its best weights, in eval mode, and how it came to be.

    `before` is the parent with its tokenizer, new heads as they were after their warm-up; None for one from scratch.
    """

    model: Any
    tokenizer: Any
    fresh: tuple[str, ...]
    added: tuple[str, ...]
    precision: str
    objective: str
    trained: Trained
    before: tuple[Any, Any] | None = None


def pretrain(
    corpus: Corpus,
    config: PretrainConfig,
    *,
    base: Path | None,
    checkpoints: Path,
    report: Report,
    should_stop: ShouldStop,
) -> Pretrained:
    """Pre-train the model in `base` (None: from scratch); goes on from the checkpoints where there are some."""
    precision = run_precision.chosen(config.precision, checkpoints)
    begun = start(corpus, config, base, checkpoints, report, should_stop)
    if config.frozen_encoder and not begun.fresh:
        raise UserProblem("This model's heads are trained already.", "frozen_encoder is for new heads.", "Turn it off.")
    begun.model.to(device())
    trainee = PretrainTrainee(begun.model, precision, config.weight_decay)
    with told("pre-training"):
        plan = _plan(corpus, config, begun, fingerprint(corpus, config, base, precision))
        trained = train(trainee, plan, checkpoints, report=report, should_stop=should_stop)
    begun.model.to("cpu").requires_grad_(True)
    return Pretrained(
        begun.model, begun.tokenizer, begun.fresh, begun.added, precision, config.objective, trained,
        _before(config, base, checkpoints, plan.fingerprint),
    )  # fmt: skip


def _before(config: PretrainConfig, base: Path | None, checkpoints: Path, name: str) -> tuple[Any, Any] | None:
    if base is None:
        return None
    loaded = heads.load_for_pretraining(base, pair_head=config.objective != "mlm", seed=config.seed)
    warm = kept.load(checkpoints, WARM)
    if warm is not None and warm.state.get("fingerprint") == name:
        known = dict(loaded.model.named_parameters())
        with torch.no_grad():
            for name, value in warm.tensors.items():
                parameter = known[name.removeprefix("weight/")]
                parameter.copy_(value[: len(parameter)] if value.dim() else value)  # rows of new words are the child's
    return loaded.model, load_tokenizer(base)


def stream(
    corpus: Corpus,
    config: PretrainConfig,
    tokenizer: Any,
    max_length: int,
    split: CorpusSplit = "train",
    shard: tuple[int, int] = (0, 1),
) -> ExampleStream:
    """Examples of a corpus as `config` wants them, of one `shard` of so many; the holdout's masks never change."""
    held = split == "holdout"
    masking = Masking(share=config.mlm_probability, whole_words=config.whole_words, static=config.static_masks or held)
    return ExampleStream(
        corpus, tokenizer, OBJECTIVES[config.objective], split=split, max_length=max_length, masking=masking,
        seed=HOLDOUT_SEED if held else config.seed, shard=shard[0], shards=shard[1],
    )  # fmt: skip


def holdout_batches(corpus: Corpus, config: PretrainConfig, tokenizer: Any, tokens: int = HOLDOUT_TOKENS) -> list[Any]:
    """Batches of the holdout with about `tokens` tokens, the same for every model of one tokenizer."""
    found, total = [], 0
    for batch, _ in stream(corpus, config, tokenizer, config.max_length, "holdout").batches(0, config.tokens_a_batch):
        found.append(batch)
        total += int(batch.tokens)
        if total >= tokens:
            break
    return found


def batches_an_epoch(examples: ExampleStream, tokens_a_batch: int) -> int:
    """Batches of one reading of the text: counted for small corpora, else reckoned from the first buffers."""
    buffers = len(examples.buffers(0))
    some = min(buffers, COUNTED_BUFFERS)
    rng = np.random.default_rng(0)
    counted = sum(
        len(even_batches(examples.buffer(0, number).sequences.lengths, tokens_a_batch, rng)) for number in range(some)
    )
    return round(counted * buffers / max(1, some))


def fingerprint(corpus: Corpus, config: PretrainConfig, base: Path | None, precision: str) -> str:
    """Name what a checkpoint belongs to: 64 hex digits."""
    named = [config.to_json(), corpus.facts.get("content_hash"), digest(base) if base else "scratch", precision]
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()


def _plan(corpus: Corpus, config: PretrainConfig, begun: Start, name: str) -> Plan:
    @cache
    def whole(length: int) -> ExampleStream:
        return stream(corpus, config, begun.tokenizer, length)

    @cache
    def opened(length: int) -> Stream:
        if not config.readers:
            return whole(length)
        shards = [(number, config.readers) for number in range(config.readers)]
        return Readers([stream(corpus, config, begun.tokenizer, length, shard=shard) for shard in shards])

    return Plan(
        phases=planned(config, begun.fresh, lambda length: batches_an_epoch(whole(length), config.tokens_a_batch)),
        stream=opened,
        holdout=holdout_batches(corpus, config, begun.tokenizer),
        tokens_a_batch=config.tokens_a_batch,
        learning_rate=config.learning_rate,
        fingerprint=name,
        seed=config.seed,
        warmup=config.warmup,
        accumulation=config.gradient_accumulation_steps,
        patience=config.early_stopping_patience,
        checkpoint_steps=config.checkpoint_steps,
    )  # fmt: skip


def planned(config: PretrainConfig, fresh: Sequence[str], batches: Callable[[int], int]) -> tuple[Phase, ...]:
    """The phases of a pre-training; `batches(length)` tells how many batches one reading of the corpus takes."""
    new_head_on_old_body = bool(fresh) and heads.ENCODER not in fresh
    return phases(
        epochs=config.num_train_epochs,
        max_length=config.max_length,
        short_share=config.short_share,
        head_steps=config.head_steps if new_head_on_old_body else 0,
        frozen_encoder=config.frozen_encoder,
        steps_an_epoch=lambda length: max(1, -(-batches(length) // config.gradient_accumulation_steps)),
    )
