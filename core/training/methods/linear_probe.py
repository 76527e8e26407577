"""A frozen BERT and a linear head on its pooled vectors (Alain and Bengio 2016; Reimers and Gurevych 2019, section 5).

Every distinct text passes the model once and its vector is kept in the cache, so a second run takes seconds, and a run
that was interrupted goes on where the cache ends. Vectors are standardised by the training rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.data.examples import LabelledData
from core.encoding.pooling import POOLINGS
from core.progress import Report, ShouldStop
from core.training.contract import Config, Cost, FineTuned, Method, option
from core.training.out_of_memory import told
from core.training.readiness import check, judged_on
from core.training.sampling import sample
from core.training.strengths import Rows, choose, seconds_of_choice
from core.training.weights import cell_weights

if TYPE_CHECKING:
    from core.encoding.encoder import Encoder

GRID = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)


@dataclass(frozen=True)
class LinearProbeConfig(Config):
    """Parameters of `linear_probe`."""

    pooling: str = option(
        "last_four_concat", title="Pooling", help="How the word pieces of a text become one vector.",
        choices=tuple(POOLINGS), advanced=True,
    )  # fmt: skip
    layer: int = option(
        -1, title="Layer", help="Which layer's output is pooled; -1 is the last.", minimum=-100, maximum=100,
        advanced=True,
    )  # fmt: skip
    max_length: int = option(
        128, title="Longest text", help="In word pieces; what is longer is cut.", minimum=8, maximum=512
    )
    weigh_rare_classes: bool = option(
        False, title="Weigh rare classes", help="Let rows of rare classes count more.", advanced=True
    )
    seed: int = option(42, title="Seed", help="Kept with the result; this method draws nothing.", advanced=True)


def fine_tune(
    data: LabelledData,
    config: LinearProbeConfig,
    *,
    base: Path | None,
    checkpoints: Path,
    report: Report,
    should_stop: ShouldStop,
    vectors: Path | None = None,
) -> FineTuned:
    """Encode the texts with the frozen model in `base` and fit a head whose C validation chooses."""
    from core.encoding.cache import VectorCache
    from core.encoding.encoder import Encoder
    from core.inference.scorers.probe import ProbeScorer

    check(data)
    assert base is not None  # noqa: S101 - needs_base says so
    cache = VectorCache(vectors or checkpoints / "vectors")
    encoder = Encoder(base, config.pooling, config.layer, config.max_length, cache)
    with told("encoding the texts", "Choose a smaller longest text, or a smaller base model."):
        train, judge = _encoded(encoder, data, report, should_stop)
        mean, scale = train.mean(axis=0), _scale(train)
        chosen = choose(
            Rows((train - mean) / scale, data.train.targets),
            Rows((judge - mean) / scale, judged_on(data).targets),
            len(data.labels), data.problem_type, GRID,
            weights=cell_weights(data.train.targets, len(data.labels)) if config.weigh_rare_classes else None,
            report=report, should_stop=should_stop,
        )  # fmt: skip
    scorer = ProbeScorer(encoder, chosen.head.weight, chosen.head.bias, mean, scale)
    return FineTuned(scorer, chosen.history, {"C": chosen.strength}, chosen.stopped_early)


def _encoded(
    encoder: Encoder, data: LabelledData, report: Report, should_stop: ShouldStop
) -> tuple[np.ndarray, np.ndarray]:
    """Vectors of the training rows (n, H) and of the rows that judge (m, H)."""
    train, judge = data.train, judged_on(data)
    pairs = None if train.pairs is None else train.pairs + (judge.pairs or ("",) * len(judge))
    found = encoder.encode(train.texts + judge.texts, pairs, report=report, should_stop=should_stop)
    return found.vectors[: len(train)], found.vectors[len(train) :]


def _scale(train: np.ndarray) -> np.ndarray:
    spread = train.std(axis=0)
    return np.where(spread > 1e-6, spread, 1.0)


def cost(data: LabelledData, config: LinearProbeConfig, *, base: Path | None) -> Cost:
    """Encode a few batches of a sample and take a few steps on made-up vectors; both grow with the rows."""
    from core.encoding.layer import BertLayer
    from core.encoding.precision import dtype, fastest
    from core.encoding.tokenizing import load_tokenizer, tokenize
    from core.training.cost_of_texts import forward_line, seconds_for

    check(data)
    assert base is not None  # noqa: S101 - needs_base says so
    few = sample(data.train)
    pieces = tokenize(load_tokenizer(base), few.texts, few.pairs, config.max_length)
    layer = BertLayer.from_folder(base, config.pooling, False, config.layer).to(dtype(fastest())).eval()
    found, per_text = forward_line(lambda batch: layer(**batch), pieces)
    rows = sum(len(split) for split in (data.train, data.validation, data.test))
    made_up = np.random.default_rng(0).standard_normal((len(few), layer.hidden_size)).astype(np.float32)
    choosing = seconds_of_choice(Rows(made_up, few.targets), len(data.labels), data.problem_type, len(data.train))
    basis = f"From encoding a few batches of {len(few):,} training texts in {fastest()}; what is cached takes no time."
    return Cost(4 + seconds_for(rows, found, per_text) + choosing, rows * layer.hidden_size * 4 * 4, basis)


METHOD = Method(
    name="linear_probe",
    title="Frozen BERT with a linear head",
    summary="BERT reads, a logistic regression decides. A minute for 10,000 short texts, seconds the second time.",
    needs_base=True,
    config=LinearProbeConfig,
    fine_tune=fine_tune,
    metadata={"order": 2, "scorer": "probe"},
    cost=cost,
)
