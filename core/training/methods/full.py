"""Fine-tuning every layer with a new head (Devlin et al. 2019, section 4; Sun et al. 2019; Mosbach et al. 2021).

The result is a plain ...ForSequenceClassification of transformers. Batches are grouped by length, the arithmetic is in
bfloat16 where that is measured faster here, the best epoch by validation macro-F1 is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.data.examples import Examples, LabelledData
from core.inference.scorer import PrecisionName
from core.progress import Report, ShouldStop, never, silent
from core.training import run_precision
from core.training.contract import Config, Cost, FineTuned, Method, option
from core.training.epochs import enough
from core.training.fingerprint import fingerprint
from core.training.out_of_memory import told
from core.training.readiness import check
from core.training.sampling import MOST, sampled
from core.training.weights import class_weights, positive_weights

if TYPE_CHECKING:
    import numpy as np

    from core.training.plan import Plan
    from core.training.trainee import SequenceTrainee


@dataclass(frozen=True)
class FullConfig(Config):
    """Parameters of `full`; names are those of transformers' TrainingArguments where it has them."""

    learning_rate: float = option(
        2e-4, title="Learning rate", help="Of the body's top layer. Lower it if the loss jumps.", minimum=0, maximum=0.1
    )
    num_train_epochs: int = option(
        0, title="Epochs", help="How often every row is seen; 0 takes 3 to 20, as rows and labels call for.", minimum=0,
        maximum=100,
    )  # fmt: skip
    per_device_train_batch_size: int = option(
        32, title="Batch size", help="Rows a step; less needs less memory.", minimum=1, maximum=1024
    )
    max_length: int = option(
        128, title="Longest text", help="In word pieces; what is longer is cut.", minimum=8, maximum=512
    )
    head_multiplier: float = option(
        5.0, title="Head's factor", help="The new head learns this much faster than the body.", minimum=0.1,
        maximum=1000, advanced=True,
    )  # fmt: skip
    layer_decay: float = option(
        0.8, title="Layer decay", help="Each layer's rate is this share of the one above.", minimum=0.1, maximum=1,
        advanced=True,
    )  # fmt: skip
    warmup: float = option(
        0.1, title="Warm-up", help="Share of all steps in which the rate rises.", minimum=0, maximum=0.9, advanced=True
    )
    weight_decay: float = option(
        0.01, title="Weight decay", help="Pulls weights towards zero.", minimum=0, maximum=1, advanced=True
    )
    gradient_accumulation_steps: int = option(
        1, title="Accumulated batches", help="Batches a step: a large step in little memory.", minimum=1, maximum=256,
        advanced=True,
    )  # fmt: skip
    early_stopping_patience: int = option(
        0, title="Patience", help="Stop after so many epochs without a better one; 0 trains to the end.", minimum=0,
        maximum=100, advanced=True,
    )  # fmt: skip
    weigh_rare_classes: bool = option(
        False, title="Weigh rare classes", help="Let rows of rare classes count more.", advanced=True
    )
    precision: str = option(
        "auto", title="Precision", help="auto measures which is faster on this machine.",
        choices=("auto", "float32", "bfloat16"), advanced=True,
    )  # fmt: skip
    checkpoint_steps: int = option(
        0, title="Checkpoint steps", help="Save every so many steps; 0 saves every minute and every epoch.", minimum=0,
        advanced=True,
    )  # fmt: skip
    seed: int = option(42, title="Seed", help="Decides the new head, the order of rows and dropout.", advanced=True)


def fine_tune(
    data: LabelledData,
    config: FullConfig,
    *,
    base: Path | None,
    checkpoints: Path,
    report: Report,
    should_stop: ShouldStop,
    vectors: Path | None = None,
) -> FineTuned:
    """Fine-tune the model in `base`; goes on from the checkpoint in `checkpoints` where there is one."""
    from core.encoding.tokenizing import load_tokenizer
    from core.inference.scorers.sequence import SequenceScorer
    from core.training.loop import train

    check(data)
    assert base is not None  # noqa: S101 - needs_base says so
    precision = run_precision.chosen(config.precision, checkpoints)
    tokenizer = load_tokenizer(base)
    with told("fine-tuning"):
        trainee = _trainee(data, config, base, tokenizer, precision, report, should_stop)
        plan = _plan(trainee, data, config, fingerprint(data, config.to_json(), base, precision))
        trained = train(trainee, plan, checkpoints, report=report, should_stop=should_stop)
    scorer = SequenceScorer(trainee.model, tokenizer, config.max_length)
    chosen = {**trained.best, "epochs": plan.epochs, "precision": precision, "out_of_patience": trained.out_of_patience}
    return FineTuned(scorer, trained.history, chosen, trained.stopped_early)


def _trainee(
    data: LabelledData,
    config: FullConfig,
    base: Path,
    tokenizer: object,
    precision: PrecisionName,
    report: Report,
    should_stop: ShouldStop,
) -> SequenceTrainee:
    import torch

    from core.encoding.loading import load_sequence_classifier
    from core.training.tokens import pieces_of
    from core.training.trainee import Rates, SequenceTrainee, Split

    torch.manual_seed(config.seed)
    model = load_sequence_classifier(base, data.labels, data.problem_type)
    types = getattr(model.config, "type_vocab_size", 0) > 1

    def split(examples: Examples) -> Split:
        pieces = pieces_of(tokenizer, examples, config.max_length, types=types, report=report, should_stop=should_stop)
        return Split(pieces, examples.targets)

    rates = Rates(config.learning_rate, config.head_multiplier, config.layer_decay, config.weight_decay)
    weights = _label_weights(data) if config.weigh_rare_classes else None
    return SequenceTrainee(
        model, split(data.train), split(data.validation), data.problem_type, rates, precision, weights
    )


def _plan(trainee: SequenceTrainee, data: LabelledData, config: FullConfig, name: str = "") -> Plan:
    from core.training.plan import Plan

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


def cost(data: LabelledData, config: FullConfig, *, base: Path | None) -> Cost:
    """Take a few real steps at the lengths of a sample, the longest batch among them; nothing is written."""
    from core.encoding.tokenizing import load_tokenizer
    from core.training.cost_of_steps import cost_of_steps

    check(data)
    assert base is not None  # noqa: S101 - needs_base says so
    precision = run_precision.chosen(config.precision)
    few = sampled(data, MOST)
    with told("measuring a training step"):
        trainee = _trainee(few, config, base, load_tokenizer(base), precision, silent, never)
        return cost_of_steps(trainee, _plan(trainee, data, config), data)


METHOD = Method(
    name="full",
    title="Fine-tune every layer",
    summary="All of BERT learns the task. Most accurate from some hundred rows a label on; minutes on a CPU.",
    needs_base=True,
    config=FullConfig,
    fine_tune=fine_tune,
    metadata={"order": 3, "scorer": "sequence"},
    cost=cost,
)
