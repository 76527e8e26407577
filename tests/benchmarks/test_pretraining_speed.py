"""Tokens per second of pre-training beside a plain transformers Trainer on the same text, machine and minute.

    python -m pytest tests/benchmarks/test_pretraining_speed.py -m benchmark -s

The other side is what the library's own example does: Trainer with DataCollatorForLanguageModeling, sentences as rows,
its defaults but for 32 rows a batch. Both learn masked words on the same body with the same vocabulary; tokens are
those that are no padding. Turns alternate and the best of each counts. Figures are printed, not asserted.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
import torch

from core.data.corpus.store import Corpus, CorpusWriter, Document
from core.encoding.base_models import bundled
from core.encoding.precision import fastest, matmul_peak
from core.encoding.tokenizing import load_tokenizer
from core.pretraining import heads
from core.pretraining.config import PretrainConfig
from core.pretraining.pretrain import stream
from core.pretraining.trainee import PretrainTrainee

STEPS, TURNS = 12, 2


@pytest.fixture(scope="module")
def corpus(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    books = sorted((shared_data / "raw_text" / "gutenberg").glob("*.txt"))[:2]
    with CorpusWriter(tmp_path_factory.mktemp("books")) as writer:
        for number, path in enumerate(books):
            text = " ".join(path.read_text(encoding="utf-8", errors="replace").split())
            writer.add("train", Document(number, path.name, tuple(re.split(r"(?<=[.!?])\s+", text))))
        return writer.finish({"content_hash": "benchmark"})


@pytest.mark.benchmark
@pytest.mark.real_data
@pytest.mark.timeout(1800)
def test_tokens_per_second(corpus: Corpus, tmp_path: Path) -> None:
    ours, theirs = [], []
    for _ in range(TURNS):
        ours.append(_ours(corpus))
        theirs.append(_trainer(corpus, tmp_path))
    mine, other = max(ours), max(theirs)
    precision = fastest()
    share = mine * _flop_a_token() * 1e-9 / matmul_peak(precision)
    print(
        f"\nmasked words, {STEPS} steps: ours {mine:,.0f} tokens/s in {precision}, plain Trainer {other:,.0f} "
        f"({mine / other:.1f} x); {share:.0%} of {matmul_peak(precision):.0f} GFLOP/s measured for products"
    )
    assert mine > other


def _ours(corpus: Corpus) -> float:
    config: Any = PretrainConfig.from_json({"objective": "mlm"})
    tokenizer = load_tokenizer(bundled())
    trainee = PretrainTrainee(heads.load_for_pretraining(bundled(), pair_head=False, seed=0).model, fastest())
    optimizer = torch.optim.AdamW(trainee.groups(1e-4, 1e-3), fused=True)
    trainee.model.train()
    tokens, begun = 0, 0.0
    for step, (batch, _) in enumerate(stream(corpus, config, tokenizer, 128).batches(0, config.tokens_a_batch)):
        if step == 2:  # the first steps pay for what the others find ready
            tokens, begun = 0, time.perf_counter()
        if step == STEPS + 2:
            break
        trainee.loss(batch)[0].backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(trainee.model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        tokens += batch.tokens
    return tokens / (time.perf_counter() - begun)


def _trainer(corpus: Corpus, folder: Path) -> float:
    from transformers import DataCollatorForLanguageModeling, Trainer, TrainerCallback, TrainingArguments

    tokenizer = load_tokenizer(bundled())
    sentences = [text for document in corpus.documents("train") for text in document.sentences][: 32 * (STEPS + 4)]
    rows = [{"input_ids": ids} for ids in tokenizer(sentences, truncation=True, max_length=128)["input_ids"]]
    model = heads.load_for_pretraining(bundled(), pair_head=False, seed=0).model
    seen: list[tuple[float, int]] = []
    collate = DataCollatorForLanguageModeling(tokenizer)

    def counted(batch: list[Any]) -> Any:
        made = collate(batch)
        seen.append((time.perf_counter(), int(made["attention_mask"].sum())))
        return made

    class Stop(TrainerCallback):  # type: ignore[misc]
        def on_step_end(self, arguments: Any, state: Any, control: Any, **_: Any) -> None:
            if state.global_step == 2:
                self.begun = time.perf_counter()
            if state.global_step == STEPS + 2:
                self.ended = time.perf_counter()
                control.should_training_stop = True

    stop = Stop()
    arguments = TrainingArguments(
        str(folder), per_device_train_batch_size=32, report_to=[], save_strategy="no", logging_strategy="no",
        disable_tqdm=True, use_cpu=not torch.cuda.is_available(), seed=0,
    )  # fmt: skip
    Trainer(model, arguments, data_collator=counted, train_dataset=rows, callbacks=[stop]).train()
    return sum(tokens for _, tokens in seen[2 : STEPS + 2]) / (stop.ended - stop.begun)


def _flop_a_token() -> float:
    """Forward and backward (twice the forward) of 6 layers of 384, and of the vocabulary at 15 % of the tokens."""
    body, head = 6 * 24 * 384**2, 2 * 384 * 30_522 * 0.15
    return 3 * (body + head)
