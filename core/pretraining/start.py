"""What a pre-training starts from: a registered model with new heads where it lacks them, or a model from scratch.

What takes long or is drawn (a learned vocabulary) is kept beside the checkpoints, so that a resumed run starts from the
same.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from core.data.corpus.store import Corpus
from core.encoding.tokenizing import load_tokenizer
from core.pretraining import heads
from core.pretraining.config import PretrainConfig
from core.pretraining.domain_words import add_words, split_words
from core.pretraining.vocabulary import learn_vocabulary
from core.pretraining.vocabulary_counts import piece_counts
from core.progress import Progress, Report, ShouldStop


@dataclass(frozen=True)
class Start:
    """Model and tokenizer before the first step; `fresh` names untrained parts, `added` the new domain words."""

    model: Any
    tokenizer: Any
    fresh: tuple[str, ...]
    added: tuple[str, ...] = ()


def start(
    corpus: Corpus, config: PretrainConfig, base: Path | None, kept: Path, report: Report, should_stop: ShouldStop
) -> Start:
    """Load or make the model; `base` None means from scratch, with a vocabulary learned from the corpus."""
    pair_head = config.objective != "mlm"
    if base is None:
        tokenizer = _learned(corpus, config, kept, report, should_stop)
        loaded = heads.from_scratch(config.preset, len(tokenizer), config.seed, pair_head=pair_head)
        added: tuple[str, ...] = ()
    else:
        tokenizer = load_tokenizer(base)
        loaded = heads.load_for_pretraining(base, pair_head=pair_head, seed=config.seed)
        tokenizer, added = _with_domain_words(corpus, config, loaded.model, tokenizer, report)
    if heads.MASKED_HEAD in loaded.fresh:
        _start_at_frequencies(corpus, loaded.model, tokenizer, report, should_stop)
    return Start(loaded.model, tokenizer, loaded.fresh, added)


def _learned(corpus: Corpus, config: PretrainConfig, kept: Path, report: Report, should_stop: ShouldStop) -> Any:
    import transformers

    folder = kept / "tokenizer"
    if not (folder / "whole").is_file():
        report(Progress("Learning a vocabulary"))
        found = learn_vocabulary(
            lambda: corpus.documents("train"), size=config.vocabulary_size, report=report, should_stop=should_stop
        )
        found.tokenizer.save_pretrained(str(folder))
        (folder / "whole").touch()
    return transformers.BertTokenizer.from_pretrained(str(folder), local_files_only=True)


def _with_domain_words(
    corpus: Corpus, config: PretrainConfig, model: Any, tokenizer: Any, report: Report
) -> tuple[Any, tuple[str, ...]]:
    if not config.domain_words:
        return tokenizer, ()
    report(Progress("Looking for domain words"))
    found = split_words(corpus.documents("train"), tokenizer, most=config.domain_words)
    return add_words(model, tokenizer, found), tuple(word.word for word in found)


def _start_at_frequencies(corpus: Corpus, model: Any, tokenizer: Any, report: Report, should_stop: ShouldStop) -> None:
    found = piece_counts(corpus.documents("train"), tokenizer, report=report, should_stop=should_stop)
    counts = np.zeros(model.config.vocab_size, dtype=np.int64)
    counts[: len(found)] = found[: len(counts)]
    heads.start_at_frequencies(model, torch.from_numpy(counts))
