"""Accuracy of the pair head: does a sentence follow another, or are two sentences in their order.

Definition: of `n` neighbouring sentences half are kept and half are spoiled, by a sentence of another document ("next",
Devlin et al. 2019, section 3.1, task 2) or by swapping the two ("order", Lan et al. 2020, section 3.1); accuracy over
all of them, with Wilson's interval, beside a coin's 0.5. Label 0 is the true pair. Equal logits count half. A high
"next" accuracy may come from the topic alone (Lan et al. 2020, section 4.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from core.data.corpus.store import Document
from core.encoding.batched import token_budget
from core.encoding.batching import collate, token_batches
from core.encoding.device import device
from core.encoding.tokenizing import tokenize
from core.errors import Stopped, UserProblem
from core.evaluation.intervals import Interval
from core.evaluation.wilson import wilson
from core.pretraining.proof.paired import Paired, Sums, compare_sums
from core.pretraining.proof.queries import asking
from core.pretraining.proof.sample import reservoir
from core.progress import Progress, Report, ShouldStop, never, silent

Task = Literal["next", "order"]


@dataclass(frozen=True)
class Pair:
    """Two sentences; label 0 where they stand so in the text, 1 where the pair is spoiled."""

    first: str
    second: str
    label: int


@dataclass(frozen=True)
class PairAccuracy:
    """`value` is the accuracy on `n` balanced pairs; `hits` (n,) float64 by pair; the verdict compares with 0.5."""

    value: Interval
    n: int
    truncated: int
    hits: np.ndarray
    verdict: str


def balanced_pairs(documents: Iterable[Document], *, task: Task = "next", n: int = 500, seed: int = 0) -> list[Pair]:
    """At most `n` pairs, an even number, half of them true, drawn by seed; UserProblem where no two sentences follow.

    Where all sentences are of one document, "next" is spoiled by any other sentence of it but the true one.
    """
    held = reservoir(_neighbours(documents), n - n % 2, seed)
    held = held[: len(held) - len(held) % 2]
    if not held:
        raise UserProblem("The corpus has no two pairs of neighbouring sentences.", "Longer documents were wanted.")
    rng = np.random.default_rng(seed)
    return [
        Pair(first, second, 0) if place % 2 == 0 else _spoiled(task, (number, first, second), held, rng)
        for place, (number, first, second) in enumerate(held)
    ]


def pair_accuracy(
    model: Any,
    tokenizer: Any,
    pairs: Sequence[Pair],
    *,
    max_length: int = 128,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> PairAccuracy:
    """Accuracy of a BertForPreTraining; UserProblem without a pair head or without pairs."""
    if getattr(model.cls, "seq_relationship", None) is None:
        raise UserProblem("The model has no pair head.", "A model that was trained on pairs was wanted.")
    if not pairs:
        raise UserProblem("There are no pairs to measure on.", "At least one pair of sentences was wanted.")
    longest = min(max_length, int(tokenizer.model_max_length))
    pieces = tokenize(tokenizer, [each.first for each in pairs], [each.second for each in pairs], longest)
    logits, done = np.empty((len(pairs), 2)), 0
    with asking(model):
        for rows in token_batches(pieces.lengths, token_budget()):
            if should_stop():
                raise Stopped
            batch = {name: tensor.to(device()) for name, tensor in collate(pieces, rows).items()}
            logits[rows] = model.cls.seq_relationship(model.bert(**batch).pooler_output).float().cpu().numpy()
            done += len(rows)
            report(Progress("pairs", done, len(pairs)))
    labels = np.array([each.label for each in pairs])
    margin = logits[np.arange(len(pairs)), labels] - logits[np.arange(len(pairs)), 1 - labels]
    hits = np.where(margin == 0, 0.5, margin > 0)
    value = wilson(float(hits.sum()), len(pairs))
    return PairAccuracy(value, len(pairs), int(pieces.truncated.sum()), hits, _verdict(value, len(pairs)))


def compare_pairs(before: PairAccuracy, after: PairAccuracy, *, seed: int = 0) -> Paired:
    """After minus before on the same pairs; higher is better."""
    sides = [Sums(np.arange(side.n), side.hits, np.ones(side.n)) for side in (before, after)]
    return compare_sums(*sides, what="pair accuracy", lower_is_better=False, seed=seed, things="pairs")


def _neighbours(documents: Iterable[Document]) -> Iterator[tuple[int, str, str]]:
    for document in documents:
        for first, second in zip(document.sentences, document.sentences[1:], strict=False):
            if first != second:
                yield document.number, first, second


def _spoiled(
    task: Task, true: tuple[int, str, str], held: Sequence[tuple[int, str, str]], rng: np.random.Generator
) -> Pair:
    number, first, second = true
    if task == "order":
        return Pair(second, first, 1)
    others = [each[2] for each in held if each[0] != number] or [each[2] for each in held if each[2] != second]
    return Pair(first, others[int(rng.integers(len(others)))] if others else first, 1)


def _verdict(value: Interval, n: int) -> str:
    assert value.value is not None and value.low is not None and value.high is not None
    bounds = f"{value.value:.3f}, 95 % interval {value.low:.3f} to {value.high:.3f}, {n:,} pairs"
    if value.low > 0.5:
        return f"Better than a coin: {bounds}."
    if value.high < 0.5:
        return f"Worse than a coin: {bounds}."
    return f"These pairs cannot tell the model from a coin: {bounds}."
