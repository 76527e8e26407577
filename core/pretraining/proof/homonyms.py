"""Whether a model tells two senses of a word apart, layer by layer, beside controls that see no context or no order.

Definition: leave-one-out accuracy of the nearest centroid by cosine: a sentence's word goes to the sense whose mean
vector, made without that sentence, is nearer (Reif et al. 2019; Loureiro et al. 2021); a
tie counts half. Controls: `static`, the word's own row of the embedding table, is the same in every sentence, so it
ties at 0.5; `context`, the mean static row of the other words, tells senses by topic alone and is the honest rival.
Leaving one out makes the own centroid noisier than the other, so vectors of chance fall a little below 0.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.encoding.tokenizing import tokenize
from core.errors import UserProblem
from core.evaluation.intervals import Interval
from core.evaluation.wilson import wilson
from core.pretraining.proof.contextual import unit, word_states
from core.pretraining.proof.homonym_sentences import SENTENCES
from core.pretraining.proof.paired import Paired, Sums, compare_sums
from core.pretraining.proof.words import Words
from core.progress import Report, ShouldStop, never, silent

LONGEST = 64
Senses = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Separation:
    """`value` is the accuracy at `best`, the best layer; `layers` holds one interval for each layer 0 to L.

    `hits` (L + 1, n) float64 by layer and sentence: 1, 0, or 0.5 for a tie. The best of many layers is too good by
    luck: compare layers that were named beforehand.
    """

    value: Interval
    best: int
    layers: tuple[Interval, ...]
    static: Interval
    context: Interval
    by_word: Mapping[str, float]
    n: int
    hits: np.ndarray


def homonyms(
    model: Any,
    tokenizer: Any,
    senses: Senses = SENTENCES,
    *,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Separation:
    """Measure on sentences by word and sense, at least two sentences a sense and two senses a word."""
    rows = [(word, sense, text) for word, by in senses.items() for sense, texts in by.items() for text in texts]
    if not rows:
        raise UserProblem("There are no sentences to tell senses in.", "Two senses with two sentences were wanted.")
    words = Words.of(tokenizer)
    ids = tokenize(tokenizer, [text for _, _, text in rows], None, min(LONGEST, int(tokenizer.model_max_length))).ids
    spans = [_place(words, each, word, text) for each, (word, _, text) in zip(ids, rows, strict=True)]
    table = getattr(model, "bert", model).embeddings.word_embeddings.weight.detach().float().cpu().numpy()
    vectors: dict[int, np.ndarray] = {}
    wanted = [(row, *span) for row, span in enumerate(spans)]
    for numbers, states in word_states(
        model, ids, wanted, layers=None, phase="homonyms", report=report, should_stop=should_stop
    ):
        vectors |= dict(zip(numbers.tolist(), states, strict=True))
    layers = np.stack([vectors[row] for row in range(len(rows))], axis=1)
    static = np.stack([table[each[start:end]].mean(axis=0) for each, (start, end) in zip(ids, spans, strict=True)])
    context = np.stack([_others(words, table, each, span) for each, span in zip(ids, spans, strict=True)])
    named = [(word, sense) for word, sense, _ in rows]
    return _result(named, *(_hits(named, each) for each in (layers, static[None], context[None])))


def compare_homonyms(before: Separation, after: Separation, *, layer: int = -1, seed: int = 0) -> Paired:
    """Child minus parent at one layer on the same sentences; higher is better."""
    sides = [Sums(np.arange(side.n), side.hits[layer], np.ones(side.n)) for side in (before, after)]
    what = f"sense accuracy at layer {range(len(before.hits))[layer]}"
    return compare_sums(sides[0], sides[1], what=what, lower_is_better=False, seed=seed)


def _place(words: Words, ids: np.ndarray, word: str, text: str) -> tuple[int, int]:
    found = [span for span in words.spans(ids) if words.text(ids, span).lower() == word.lower()]
    if len(found) != 1:
        raise UserProblem(f"The sentence {text[:60]!r} does not hold {word!r} once.", "Exactly once was wanted.")
    return found[0]


def _others(words: Words, table: np.ndarray, ids: np.ndarray, span: tuple[int, int]) -> np.ndarray:
    keep = ~words.special[ids]
    keep[slice(*span)] = False
    mean: np.ndarray = table[ids[keep]].mean(axis=0) if keep.any() else np.zeros(table.shape[1], table.dtype)
    return mean


def _hits(named: list[tuple[str, str]], vectors: np.ndarray) -> np.ndarray:
    """By layer and sentence (K, n): whether the nearest centroid is that of the own sense, ties half."""
    hits = np.empty(vectors.shape[:2])
    units = unit(vectors.astype(np.float64))
    for row, (word, sense) in enumerate(named):
        others = sorted({other for w, other in named if w == word})
        near: dict[str, np.ndarray] = {}
        for other in others:
            members = [place for place, each in enumerate(named) if each == (word, other) and place != row]
            if not members or len(others) < 2:
                raise UserProblem(f"{word!r} has too few sentences.", "Two senses with two sentences were wanted.")
            near[other] = (units[:, row] * unit(units[:, members].mean(axis=1))).sum(axis=-1)
        rival = np.max([near[other] for other in others if other != sense], axis=0)
        margin = near[sense] - rival
        hits[:, row] = np.where(np.abs(margin) < 1e-9, 0.5, margin > 0)
    return hits


def _result(named: list[tuple[str, str]], hits: np.ndarray, static: np.ndarray, context: np.ndarray) -> Separation:
    n, best = len(named), int(hits.mean(axis=1).argmax())
    layers = tuple(wilson(float(row.sum()), n) for row in hits)
    of = {word: [row for row, (each, _) in enumerate(named) if each == word] for word, _ in named}
    by_word = {word: float(hits[best, rows].mean()) for word, rows in of.items()}
    controls = [wilson(float(each.sum()), n) for each in (static, context)]
    return Separation(layers[best], best, layers, controls[0], controls[1], by_word, n, hits)
