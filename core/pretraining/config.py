"""Parameters of a pre-training; names are those of transformers' TrainingArguments where it has them."""

from __future__ import annotations

from dataclasses import dataclass

from core.training.contract import Config, option

PRETRAIN = "pretrain"  # its name beside those of the training methods, where time and memory are estimated
PRESETS = ("tiny", "mini", "small")
SCRATCH_ONLY = ("preset", "vocabulary_size")  # what a model that exists already has
BASE_ONLY = ("domain_words", "head_steps", "frozen_encoder")  # what a model from scratch has no use for


@dataclass(frozen=True)
class PretrainConfig(Config):
    """What a form shows and a run keeps; `config.from_json` checks ranges."""

    objective: str = option(
        "mlm_nsp", title="Objective", help="Masked words alone, or with next sentences or sentence order.",
        choices=("mlm", "mlm_nsp", "mlm_sop"),
    )  # fmt: skip
    num_train_epochs: int = option(
        4, title="Epochs", help="How often the text is read; masks differ each time.", minimum=1, maximum=1000
    )
    learning_rate: float = option(
        3e-4, title="Learning rate", help="Of the body at its peak. Small models take more than BERT-base's 5e-5.",
        minimum=0, maximum=0.1,
    )  # fmt: skip
    max_length: int = option(128, title="Longest sequence", help="In word pieces.", minimum=16, maximum=512)
    preset: str = option(
        "mini", title="Size", help="From scratch only: 2, 4 or 6 layers of 128, 256 or 384.", choices=PRESETS
    )  # fmt: skip
    vocabulary_size: int = option(
        8000, title="Vocabulary", help="From scratch only: word pieces learned from the corpus.", minimum=100,
        maximum=100_000,
    )  # fmt: skip
    domain_words: int = option(
        0, title="Domain words", help="So many frequent split words become pieces of their own.", minimum=0,
        maximum=10_000, advanced=True,
    )  # fmt: skip
    tokens_a_batch: int = option(
        4096, title="Tokens a batch", help="Less needs less memory.", minimum=64, maximum=1_000_000, advanced=True
    )
    gradient_accumulation_steps: int = option(
        1, title="Accumulated batches", help="Batches a step: a large step in little memory.", minimum=1, maximum=256,
        advanced=True,
    )  # fmt: skip
    head_steps: int | None = option(
        None, title="Head warm-up", help="Steps in which only a new head learns, before the body joins; left empty, a "
        "fifth of the others, at most 200.", minimum=0, maximum=1_000_000, advanced=True, whole=True,
    )  # fmt: skip
    frozen_encoder: bool = option(
        False, title="Train the head only", help="The body stays as it is: what a new head alone can learn.",
        advanced=True,
    )  # fmt: skip
    short_share: float = option(
        0.0, title="Short sequences first", help="Share of the epochs with sequences of a quarter of the length.",
        minimum=0, maximum=0.95, advanced=True,
    )  # fmt: skip
    mlm_probability: float = option(
        0.15, title="Masked share", help="Of all tokens.", minimum=0.01, maximum=0.9, advanced=True
    )
    whole_words: bool = option(
        False, title="Mask whole words", help="All pieces of a word are masked together.", advanced=True
    )
    static_masks: bool = option(
        False, title="Same masks every epoch", help="Otherwise each epoch masks anew.", advanced=True
    )
    warmup: float = option(
        0.1, title="Warm-up", help="Share of the steps in which the rate rises.", minimum=0, maximum=0.9, advanced=True
    )
    weight_decay: float = option(
        0.01, title="Weight decay", help="Pulls weights towards zero.", minimum=0, maximum=1, advanced=True
    )
    early_stopping_patience: int = option(
        0, title="Patience", help="Stop after so many looks at the holdout without a lower loss; 0 trains to the end.",
        minimum=0, maximum=100, advanced=True,
    )  # fmt: skip
    precision: str = option(
        "auto", title="Precision", help="auto measures which is faster on this machine.",
        choices=("auto", "float32", "bfloat16"), advanced=True,
    )  # fmt: skip
    readers: int = option(
        0, title="Reader processes", help="Processes that read text beside the training, for a graphics card; 0: none.",
        minimum=0, maximum=64, advanced=True,
    )  # fmt: skip
    checkpoint_steps: int = option(
        0, title="Checkpoint steps", help="Save every so many steps; 0 saves every minute and every epoch.", minimum=0,
        advanced=True,
    )  # fmt: skip
    seed: int = option(42, title="Seed", help="Decides order, masks, new heads and dropout.", advanced=True)
