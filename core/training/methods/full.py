"""Fine-tuning every layer with a new head (Devlin et al. 2019, section 4; Sun et al. 2019; Mosbach et al. 2021).

The result is a plain ...ForSequenceClassification of transformers; a base that was trained on means of token vectors
gets one more layer, which averages (core/encoding/averaging.py). Batches are grouped by length, the arithmetic is in
bfloat16 where that is measured faster here, the best epoch by validation macro-F1 is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.data.examples import LabelledData
from core.progress import Report, ShouldStop, never, silent
from core.training import run_precision
from core.training.contract import Config, Cost, FineTuned, Method, option
from core.training.fingerprint import fingerprint
from core.training.out_of_memory import told
from core.training.readiness import check
from core.training.sampling import MOST, sampled


@dataclass(frozen=True)
class FullConfig(Config):
    """Parameters of `full`; names are those of transformers' TrainingArguments where it has them."""

    learning_rate: float = option(
        1e-4, title="Learning rate", help="Of the body's top layer. Lower it if the loss jumps.", minimum=0, maximum=0.1
    )
    num_train_epochs: int | None = option(
        None, title="Epochs", help="How often every row is seen; left empty, 3 to 20 as rows and labels call for.",
        minimum=1, maximum=100, whole=True,
    )  # fmt: skip
    per_device_train_batch_size: int = option(
        32, title="Batch size", help="Rows a step; less needs less memory.", minimum=1, maximum=1024
    )
    max_length: int = option(
        128, title="Longest text", help="In word pieces; what is longer is cut.", minimum=8, maximum=512
    )
    pooling: str = option(
        "auto", title="What the head reads", help="The first piece's vector (cls) or the mean of all; auto takes the "
        "mean where the base was trained on means.", choices=("auto", "cls", "mean"), advanced=True,
    )  # fmt: skip
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
    from core.training import sequence_setup as setup
    from core.training.loop import train

    check(data)
    assert base is not None  # noqa: S101 - needs_base says so
    precision = run_precision.chosen(config.precision, checkpoints)
    tokenizer = load_tokenizer(base)
    with told("fine-tuning"):
        trainee = setup.trainee(data, config, base, tokenizer, precision, report, should_stop)
        plan = setup.plan(trainee, data, config, fingerprint(data, config.to_json(), base, precision))
        trained = train(trainee, plan, checkpoints, report=report, should_stop=should_stop)
    scorer = SequenceScorer(trainee.model, tokenizer, config.max_length)
    chosen = {
        **trained.best, "epochs": plan.epochs, "pooling": trainee.pooling, "precision": precision,
        "out_of_patience": trained.out_of_patience,
    }  # fmt: skip
    return FineTuned(scorer, trained.history, chosen, trained.stopped_early)


def cost(data: LabelledData, config: FullConfig, *, base: Path | None) -> Cost:
    """Take a few real steps at the lengths of a sample, the longest batch among them; nothing is written."""
    from core.encoding.tokenizing import load_tokenizer
    from core.training import sequence_setup as setup
    from core.training.cost_of_steps import cost_of_steps

    check(data)
    assert base is not None  # noqa: S101 - needs_base says so
    precision = run_precision.chosen(config.precision)
    few = sampled(data, MOST)
    with told("measuring a training step"):
        trainee = setup.trainee(few, config, base, load_tokenizer(base), precision, silent, never)
        return cost_of_steps(trainee, setup.plan(trainee, data, config), data)


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
