"""What a fine-tuning needs before its first step: a model with a new head, the rows as word pieces, and the plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from core.data.examples import Examples, LabelledData
from core.encoding.averaging import append_averaging_layer, reads_the_mean
from core.encoding.loading import load_sequence_classifier
from core.inference.scorer import PrecisionName
from core.progress import Report, ShouldStop
from core.training.epochs import enough
from core.training.plan import Plan
from core.training.tokens import pieces_of
from core.training.trainee import Rates, SequenceTrainee, Split
from core.training.weights import class_weights, positive_weights

if TYPE_CHECKING:
    from core.training.methods.full import FullConfig


def trainee(
    data: LabelledData,
    config: FullConfig,
    base: Path,
    tokenizer: object,
    precision: PrecisionName,
    report: Report,
    should_stop: ShouldStop,
) -> SequenceTrainee:
    """The base with a new head (seeded), and the rows as word pieces."""
    torch.manual_seed(config.seed)
    model = load_sequence_classifier(base, data.labels, data.problem_type)
    pooling = "mean" if reads_the_mean(config.pooling, base) else "cls"
    if pooling == "mean":
        append_averaging_layer(model)
    types = getattr(model.config, "type_vocab_size", 0) > 1

    def split(examples: Examples) -> Split:
        pieces = pieces_of(tokenizer, examples, config.max_length, types=types, report=report, should_stop=should_stop)
        return Split(pieces, examples.targets)

    rates = Rates(config.learning_rate, config.head_multiplier, config.layer_decay, config.weight_decay)
    weights = _label_weights(data) if config.weigh_rare_classes else None
    return SequenceTrainee(
        model, split(data.train), split(data.validation), data.problem_type, rates, precision, weights, pooling
    )


def plan(trainee: SequenceTrainee, data: LabelledData, config: FullConfig, name: str = "") -> Plan:
    """The plan of a training on all of `data`; `name` is its fingerprint. `trainee` may hold a sample only."""
    rows_a_step = config.per_device_train_batch_size * config.gradient_accumulation_steps
    return Plan(
        lengths=trainee.train.pieces.lengths,
        batch_size=config.per_device_train_batch_size,
        epochs=config.num_train_epochs or enough(len(data.train), len(data.labels), rows_a_step),
        seed=config.seed,
        fingerprint=name,
        warmup=config.warmup,
        accumulation=config.gradient_accumulation_steps,
        patience=config.early_stopping_patience,
        checkpoint_steps=config.checkpoint_steps,
    )


def _label_weights(data: LabelledData) -> np.ndarray:
    if data.problem_type == "multi_label":
        return positive_weights(data.train.targets)
    return class_weights(data.train.targets, len(data.labels))
