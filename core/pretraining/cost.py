"""What a pre-training will cost here: a few real steps on made-up pieces, and the size of the corpus in tokens."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch

from core.data.corpus.store import open_corpus
from core.encoding.device import device
from core.encoding.tokenizing import load_tokenizer
from core.pretraining import heads
from core.pretraining.config import PretrainConfig
from core.pretraining.phases import Phase
from core.pretraining.pretrain import batches_an_epoch, planned, stream
from core.pretraining.trainee import IGNORED, PretrainTrainee
from core.training import run_precision
from core.training.contract import Cost
from core.training.out_of_memory import told
from core.training.stopwatch import timed

STEPS = 3
START = 8.0  # seconds of imports, loading and saving
CHARACTERS_A_TOKEN = 4.5  # of English prose in word pieces learned from it


def cost(folder: Path, config: Mapping[str, Any], base: Path | None) -> Cost:
    """Seconds and bytes of a pre-training on the corpus in `folder`."""
    asked: Any = PretrainConfig.from_json(config)
    corpus = open_corpus(folder)
    pair_head = asked.objective != "mlm"
    if base is None:
        loaded = heads.from_scratch(asked.preset, asked.vocabulary_size, asked.seed, pair_head=pair_head)
        tokens = int(corpus.facts.get("characters", 0) / CHARACTERS_A_TOKEN)
        found = planned(asked, loaded.fresh, lambda length: max(1, round(tokens / asked.tokens_a_batch)))
    else:
        loaded, tokenizer = heads.load_for_pretraining(base, pair_head=pair_head, seed=asked.seed), load_tokenizer(base)

        def batches(length: int) -> int:
            return batches_an_epoch(stream(corpus, asked, tokenizer, length), asked.tokens_a_batch)

        found = planned(asked, loaded.fresh, batches)
    trainee = PretrainTrainee(loaded.model.to(device()), run_precision.chosen(asked.precision))
    with told("measuring a pre-training step"):
        seconds = {phase: _seconds_a_step(trainee, asked, phase) for phase in found}
    training = sum(phase.steps * seconds[phase] * asked.gradient_accumulation_steps for phase in found)
    weights = sum(value.numel() * value.element_size() for value in loaded.model.parameters())
    steps = sum(phase.steps for phase in found)
    basis = f"From {STEPS} steps of {asked.tokens_a_batch:,} tokens, for {steps:,} steps{_warmed(found)}."
    return Cost(START + training * 1.1, 3 * weights, basis)


def _warmed(found: tuple[Phase, ...]) -> str:
    """How many of the steps warm up new heads, where any do."""
    head = sum(phase.steps for phase in found if phase.name == "head")
    return f", {head:,} of them to warm up new heads" if head else ""


def _seconds_a_step(trainee: PretrainTrainee, config: PretrainConfig, phase: Phase) -> float:
    """The quickest of a few steps: the first pays for what later ones find ready, others share the machine."""
    trainee.freeze_body(phase.frozen)
    optimizer = torch.optim.AdamW(trainee.groups(1e-5, 1e-5), fused=True)
    batch = _made_up(trainee, config, phase.max_length)

    def step() -> None:
        trainee.loss(batch)[0].backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        optimizer.zero_grad()

    trainee.model.train()
    step()
    return sorted(timed(step) for _ in range(STEPS))[STEPS // 2]


def _made_up(trainee: PretrainTrainee, config: PretrainConfig, length: int) -> Any:
    """A batch of random pieces, as large as a real one, with as many masked."""
    rng = np.random.default_rng(0)
    rows = max(1, config.tokens_a_batch // length)
    ids = rng.integers(1, trainee.model.config.vocab_size, (rows, length))
    labels = np.where(rng.random(ids.shape) < config.mlm_probability, ids, IGNORED)
    labels[0, 0] = ids[0, 0]
    pairs = rng.integers(0, 2, rows) if trainee.pair_head is not None else None
    return SimpleNamespace(
        input_ids=ids, attention_mask=None, token_type_ids=np.zeros_like(ids), labels=labels, pair_labels=pairs
    )
