"""How many pieces a tokenizer makes of a word of this text, beside another tokenizer.

Definition: pieces divided by words over all sentences ("fertility", Rust et al. 2021), the share of words that are
split, and the share that is lost as [UNK]. Words are what BERT splits at spaces and punctuation. No model runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.encoding.tokenizing import SLICE, tokenize
from core.errors import Stopped
from core.evaluation.intervals import Interval
from core.pretraining.proof.paired import Paired, Sums, compare_sums, ratio_interval, share_interval
from core.pretraining.proof.sample import sampled_sentences
from core.pretraining.proof.words import Words
from core.progress import Progress, Report, ShouldStop, never, silent


@dataclass(frozen=True)
class PiecesPerWord:
    """`value` is pieces a word over `n` sentences of `words` words; `split` and `unknown` are shares of words."""

    value: Interval
    split: Interval
    unknown: Interval
    n: int
    words: int
    seed: int
    by_sentence: Sums


def pieces_per_word(
    tokenizer: Any,
    sentences: Iterable[str],
    *,
    most: int = 5000,
    seed: int = 0,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> PiecesPerWord:
    """Measure on at most `most` sentences drawn by seed, each as far as the tokenizer's model reads."""
    texts, words = sampled_sentences(sentences, most, seed), Words.of(tokenizer)
    counts: list[tuple[int, int, int, int]] = []
    for start in range(0, len(texts), SLICE):
        if should_stop():
            raise Stopped
        report(Progress("pieces a word", start, len(texts)))
        pieces = tokenize(tokenizer, texts[start : start + SLICE], None, min(512, int(tokenizer.model_max_length)))
        counts += [_counts(words, ids) for ids in pieces.ids]
    table = np.array(counts, dtype=np.float64)
    rows = np.flatnonzero(table[:, 1])
    units = table[rows, 1]
    made, split, lost = (Sums(rows, table[rows, column], units) for column in (0, 2, 3))
    splits, losses = share_interval(split, seed=seed), share_interval(lost, seed=seed)
    return PiecesPerWord(ratio_interval(made, seed=seed), splits, losses, len(rows), int(units.sum()), seed, made)


def compare_pieces_per_word(before: PiecesPerWord, after: PiecesPerWord) -> Paired:
    """After minus before over the same sentences; fewer pieces are better, because more text fits a sequence."""
    return compare_sums(
        before.by_sentence, after.by_sentence, what="pieces a word", lower_is_better=True, seed=before.seed
    )


def _counts(words: Words, ids: np.ndarray) -> tuple[int, int, int, int]:
    """Pieces, words, split words, and words lost as [UNK] of one sentence."""
    spans = words.spans(ids)
    lost = sum(bool(words.special[ids[start]]) for start, _ in spans)
    return len(ids) - 2, len(spans), sum(end - start > 1 for start, end in spans), lost
