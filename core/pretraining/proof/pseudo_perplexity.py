"""Pseudo-perplexity: how surprised the model is by each piece when it sees all the others.

Definition: every piece of a sentence but [CLS] and [SEP] is masked once, alone; PLL(W) is the sum of ln p(w_t | rest)
and PPPL = exp(-sum PLL / N) over N pieces. Source: Salazar et al. 2020, section 2. Costs one run of the model a
piece, hence a cap. Pieces told as [UNK] are not scored. Where before and after split words differently, N differs and
losses are compared by word; then words of several pieces are favoured, whose pieces betray each other (Kauf and Ivanova
2023).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.encoding.tokenizing import tokenize
from core.evaluation.intervals import Interval
from core.pretraining.proof.masked_words import exponential
from core.pretraining.proof.paired import Paired, Sums, compare_sums, ratio_interval
from core.pretraining.proof.queries import ask, masked
from core.pretraining.proof.sample import sampled_sentences
from core.pretraining.proof.words import Words
from core.progress import Report, ShouldStop, never, silent

SENTENCES = 2000  # sentences that are drawn before the cap on pieces takes the first of them


@dataclass(frozen=True)
class PseudoPerplexity:
    """`value` is PPPL, `loss` its logarithm in nats a piece, over `n` sentences of `pieces` scored pieces in all."""

    value: Interval
    loss: Interval
    n: int
    pieces: int
    truncated: int
    seed: int
    by_sentence: Sums
    words: np.ndarray


def pseudo_perplexity(
    model: Any,
    tokenizer: Any,
    sentences: Iterable[str],
    *,
    most_pieces: int = 2000,
    max_length: int = 128,
    seed: int = 0,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> PseudoPerplexity:
    """Measure on sentences drawn by seed until `most_pieces` pieces are scored, at least one sentence."""
    longest = min(max_length, int(tokenizer.model_max_length))
    pieces = tokenize(tokenizer, sampled_sentences(sentences, SENTENCES, seed), None, longest)
    words, mask_id = Words.of(tokenizer), int(tokenizer.mask_token_id)
    places = [np.flatnonzero(~words.special[ids]) for ids in pieces.ids]
    rows = _within([len(each) for each in places], most_pieces)
    queries = [masked(pieces.ids[row], [place], mask_id) for row in rows for place in places[row]]
    answers = ask(model, queries, phase="pseudo-perplexity", report=report, should_stop=should_stop)
    units = np.array([len(places[row]) for row in rows])
    owner = np.repeat(np.arange(len(rows)), units)
    losses = np.bincount(owner, weights=-answers.log_probability, minlength=len(rows))
    sums = Sums(rows, losses, units.astype(np.float64))
    loss = ratio_interval(sums, seed=seed)
    counts = np.array([int((~words.goes_on[pieces.ids[row][places[row]]]).sum()) for row in rows], dtype=np.float64)
    truncated = int(pieces.truncated[rows].sum())
    return PseudoPerplexity(exponential(loss), loss, len(rows), int(units.sum()), truncated, seed, sums, counts)


def compare_pseudo_perplexity(before: PseudoPerplexity, after: PseudoPerplexity) -> Paired:
    """After minus before in nats a piece, or a word where the pieces differ; lower is better."""
    first, second, what = before.by_sentence, after.by_sentence, "pseudo-log-loss"
    common, one, two = np.intersect1d(first.rows, second.rows, return_indices=True)
    if not np.array_equal(first.units[one], second.units[two]):
        what += " a word"
        equal = before.words[one] == after.words[two]
        first = Sums(common[equal], first.totals[one][equal], before.words[one][equal])
        second = Sums(common[equal], second.totals[two][equal], after.words[two][equal])
    return compare_sums(first, second, what=what, lower_is_better=True, seed=before.seed)


def _within(counts: list[int], most: int) -> np.ndarray:
    """The first sentences with a piece to score that together stay within `most`, at least one."""
    rows = [row for row, count in enumerate(counts) if count]
    total = np.cumsum([counts[row] for row in rows])
    return np.array(rows[: max(1, int((total <= most).sum()))], dtype=np.int64)
