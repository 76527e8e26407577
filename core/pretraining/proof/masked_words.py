"""Masked-word loss, perplexity and accuracy on sentences that training never saw: the cheap, usual measure.

Definition: of every sentence round(15 %) of the words, at least one, are hidden with all their pieces behind [MASK];
loss is the mean of -ln p(piece) over hidden pieces, perplexity exp(loss), accuracy the share of hidden pieces that get
the highest probability. Sources: Devlin et al. 2019, section 3.1, and its whole-word masking release. Unlike training,
all chosen pieces are masked (no 80/10/10), and the choice depends on seed and word number only: the same words are
hidden before and after, even where the tokenizers differ; then losses are compared by word (sum of its pieces).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.encoding.tokenizing import tokenize
from core.errors import UserProblem
from core.evaluation.intervals import Interval
from core.pretraining.proof.paired import Paired, Sums, compare_sums, ratio_interval, share_interval
from core.pretraining.proof.queries import Query, ask, masked
from core.pretraining.proof.sample import sampled_sentences
from core.pretraining.proof.words import Words
from core.progress import Report, ShouldStop, never, silent

SHARE = 0.15


@dataclass(frozen=True)
class MaskedWords:
    """`value` is the loss in nats a hidden piece; `n` sentences, of which `truncated` were longer than the model sees.

    `by_sentence` holds losses over pieces, `words` (n, 2) how many words each sentence hides, and of how many.
    """

    value: Interval
    perplexity: Interval
    accuracy: Interval
    n: int
    pieces: int
    truncated: int
    seed: int
    by_sentence: Sums
    words: np.ndarray


def masked_words(
    model: Any,
    tokenizer: Any,
    sentences: Iterable[str],
    *,
    most: int = 1000,
    max_length: int = 128,
    seed: int = 0,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> MaskedWords:
    """Measure on at most `most` sentences, drawn by seed; words told as [UNK] are never hidden."""
    longest = min(max_length, int(tokenizer.model_max_length))
    pieces = tokenize(tokenizer, sampled_sentences(sentences, most, seed), None, longest)
    words = Words.of(tokenizer)
    found = [_hide(words, ids, row, seed, int(tokenizer.mask_token_id)) for row, ids in enumerate(pieces.ids)]
    rows = np.array([row for row, each in enumerate(found) if each is not None], dtype=np.int64)
    kept = [each for each in found if each is not None]
    queries = [query for query, _ in kept]
    answers = ask(model, queries, phase="masked words", report=report, should_stop=should_stop)
    units = answers.by_query(np.ones_like(answers.rank), len(queries))
    losses = Sums(rows, answers.by_query(-answers.log_probability, len(queries)), units)
    right = Sums(rows, answers.by_query((answers.rank == 1).astype(float), len(queries)), units)
    loss = ratio_interval(losses, seed=seed)
    return MaskedWords(
        loss, exponential(loss), share_interval(right, seed=seed), len(rows), int(units.sum()),
        int(pieces.truncated[rows].sum()), seed, losses, np.array([counts for _, counts in kept], dtype=np.float64),
    )  # fmt: skip


def compare_masked_words(before: MaskedWords, after: MaskedWords, *, what: str = "masked-word loss") -> Paired:
    """After minus before in nats a hidden piece, or a hidden word where the pieces differ; lower is better."""
    if before.seed != after.seed:
        raise UserProblem("Before and after hide other words.", "Both must be measured with the same seed.")
    first, second = before.by_sentence, after.by_sentence
    if not (np.array_equal(first.rows, second.rows) and np.array_equal(first.units, second.units)):
        what += " a word"
        common, one, two = np.intersect1d(first.rows, second.rows, return_indices=True)
        equal = (before.words[one] == after.words[two]).all(axis=1)  # then the same words are hidden
        first = Sums(common[equal], first.totals[one][equal], before.words[one][equal, 0])
        second = Sums(common[equal], second.totals[two][equal], after.words[two][equal, 0])
    return compare_sums(first, second, what=what, lower_is_better=True, seed=before.seed)


def exponential(loss: Interval) -> Interval:
    """The perplexity of a mean loss in nats, with its bounds."""
    values = [None if each is None else float(np.exp(each)) for each in (loss.value, loss.low, loss.high)]
    return Interval(values[0], values[1], values[2], loss.reason)


def _hide(words: Words, ids: np.ndarray, row: int, seed: int, mask_id: int) -> tuple[Query, tuple[int, int]] | None:
    """The query of a sentence, how many words it hides, and of how many; None where no word can be hidden."""
    spans = words.spans(ids)
    order = np.random.default_rng([seed, row]).permutation(len(spans))[: max(1, round(SHARE * len(spans)))]
    chosen = [spans[place] for place in sorted(order) if not words.special[ids[spans[place][0]]]]
    if not chosen:
        return None
    return masked(ids, np.concatenate([np.arange(*span) for span in chosen]), mask_id), (len(chosen), len(spans))
