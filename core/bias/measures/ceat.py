"""CEAT: the WEAT of words in sentences, over many draws of one sentence a word.

Source: Guo and Caliskan 2021, AIES. The combined effect size is kept as a mean, the draws as a distribution; p is that
of dealing words, because the draws use the same words again and their number is the user's choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.bias.criticisms import ASSOCIATIONS_FORETELL_LITTLE
from core.bias.found import Figure, Found
from core.bias.inputs import Inputs
from core.bias.measure import Criticism, Measure
from core.bias.permutation.test import ALTERNATIVES, chance
from core.bias.sentences.drawn_contexts import associations, expected
from core.bias.sentences.random_effects import Pooled, pooled, sampling_variance
from core.bias.sentences.standardised import effect_size, effect_sizes
from core.bias.vectors.contexts import in_contexts, pieces, sentences
from core.bias.vectors.kinds import VectorConfig, contexts_of
from core.bias.word_sets import WordTest, checked
from core.errors import UserProblem
from core.progress import Report, ShouldStop
from core.training.contract import option

if TYPE_CHECKING:
    from core.bias.audited import Audited

BY_CODE, SAMPLING = "spread of s", "sampling variance"
REASON = "It measures the number of draws, which is the user's choice: the same words are drawn again each time."


@dataclass(frozen=True)
class CeatConfig(VectorConfig):
    """Settings of a CEAT."""

    vectors: str = option(
        "contexts", title="Vectors of words", choices=("contexts",), advanced=True,
        help="Words in sentences: those of a dataset, or neutral ones of ours.",
    )  # fmt: skip
    draws: int = option(
        1_000, title="Draws", minimum=10, maximum=100_000, help="How often one sentence of each word is drawn."
    )
    variance: str = option(
        BY_CODE, title="Variance of a draw", choices=(BY_CODE, SAMPLING), advanced=True,
        help="What weighs a draw: the variance of s over the words, as the paper's program does, or the sampling "
        "variance of d, as meta-analysis does.",
    )  # fmt: skip
    alternative: str = option(
        "greater", title="Alternative", choices=ALTERNATIVES, advanced=True, help="greater: the first lean to A."
    )


def compute(
    audited: Audited, inputs: Inputs, settings: CeatConfig, *, report: Report, should_stop: ShouldStop
) -> Found:
    """The combined effect size, the distribution behind it, and p by the word."""
    assert inputs.words is not None
    test, notes = checked(inputs.words, targets=(2,), attributes=(2,))
    texts = contexts_of(inputs)
    chosen, counted = sentences(test.words, texts, settings, report, should_stop)
    rows, lost = in_contexts(audited, chosen, settings, report, should_stop)
    left = _left(test, rows)
    targets = [rows[word] for one in left.targets for word in one.words]
    a, b = ([rows[word] for word in one.words] for one in left.attributes)
    s = associations(
        targets, a, b, draws=settings.draws, seed=settings.seed, report=report, should_stop=should_stop
    )  # fmt: skip
    over_all, first = expected(targets, a, b), len(left.targets[0])
    sizes = effect_sizes(s, first)
    usable = np.isfinite(sizes)
    known, variances = sizes[usable], _variances(s[usable], sizes[usable], first, settings.variance)
    combined = pooled(known, variances) if len(known) and (variances > 0).all() else None
    p = chance(over_all, first, alternative=settings.alternative, should_stop=should_stop)
    headline = _headline(combined, known, len(over_all), p)
    figures = _figures(known, combined, effect_size(over_all, first))
    tables = {
        "what the literature prints": _printed(known, variances), "words": _words(left, over_all, s, rows),
        "effect size by draw": pd.DataFrame({"draw": np.flatnonzero(usable) + 1, "d": known}),
    }  # fmt: skip
    missing = {one.name: tuple(word for word in one.words if word in lost) for one in test.sets}
    return Found(
        headline, figures, tables, _said(audited, settings, texts, rows), (*notes, *counted, *_single(rows)),
        {name: words for name, words in missing.items() if words},
    )  # fmt: skip


def _left(test: WordTest, rows: dict[str, np.ndarray]) -> WordTest:
    left = test.kept(rows)
    empty = [one.name for one in left.sets if not one.words]
    if empty:
        raise UserProblem(
            f"No word of {', '.join(map(repr, empty))} stands in the sentences.", "Each set needs one.",
            "Choose other texts, or none: neutral sentences are then used.",
        )  # fmt: skip
    return left


def _variances(s: np.ndarray, sizes: np.ndarray, first: int, which: str) -> np.ndarray:
    return s.var(axis=1, ddof=1) if which == BY_CODE else sampling_variance(sizes, first, s.shape[1] - first)


def _headline(combined: Pooled | None, sizes: np.ndarray, words: int, p: object) -> Figure:
    from core.bias.found import Chance

    assert isinstance(p, Chance)
    name, title = "combined_effect_size", "Combined effect size"
    if combined is None:
        note = "In no draw do the words' associations differ, so there is no effect size."
        return Figure(name, title, None, 0.0, n=words, of="target words", note=note, chance=p)
    low, high = np.quantile(sizes, [0.025, 0.975])
    return Figure(
        name, title, combined.mean, 0.0, float(low), float(high), "middle 95 % of the draws", words, "target words",
        chance=p, least=-2.0, most=2.0,
    )  # fmt: skip


def _figures(sizes: np.ndarray, combined: Pooled | None, over_all: float | None) -> tuple[Figure, ...]:
    if combined is None:
        return ()
    low, middle, high = (float(one) for one in np.quantile(sizes, [0.25, 0.5, 0.75]))
    draws, n = "draws", len(sizes)
    return (
        Figure("median", "Median effect size of the draws", middle, 0.0, low, high, "middle half of the draws", n,
               draws, least=-2.0, most=2.0),
        Figure("below", "Share of draws below 0", float((sizes < 0).mean()), n=n, of=draws, least=0.0, most=1.0),
        Figure("tau", "Tau, spread between draws", combined.tau, n=n, of=draws, least=0.0),
        Figure("over_all", "Effect size d of the words' means over all their sentences", over_all, 0.0, n=n, of=draws,
               note="" if over_all is not None else "All words have the same association.", least=-2.0, most=2.0),
    )  # fmt: skip


def _printed(sizes: np.ndarray, variances: np.ndarray) -> pd.DataFrame:
    """p by the normal at a tenth of the draws, a half and all: the same words, the same model, another p."""
    rows = []
    for n in sorted({max(2, len(sizes) // 10), max(2, len(sizes) // 2), len(sizes)}):
        if n > len(sizes) or not (variances[:n] > 0).all():
            continue
        one = pooled(sizes[:n], variances[:n])
        rows.append((n, one.mean, one.error, one.z, _said_p(one.p(1)), _said_p(one.p(2)), REASON))
    names = ["draws N", "combined effect size", "standard error", "z", "p by the normal, upper tail",
             "p by the normal, both tails", "why it is no p-value of the association"]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def _said_p(p: float) -> str:
    return f"{p:.2g}" if p > 0 else "below 1e-308"


def _words(test: WordTest, over_all: np.ndarray, s: np.ndarray, rows: dict[str, np.ndarray]) -> pd.DataFrame:
    words = [(word, one.name) for one in test.targets for word in one.words]
    return pd.DataFrame(
        {"word": [word for word, _ in words], "set": [name for _, name in words], "s over all sentences": over_all,
         "sd of s over the draws": s.std(axis=0, ddof=1), "sentences": [len(rows[word]) for word, _ in words]}
    )  # fmt: skip


def _said(audited: Audited, settings: CeatConfig, texts: tuple[str, ...] | None, rows: dict[str, np.ndarray]) -> str:
    from core.bias.vectors.layer import layer_of

    which = "neutral sentences of ours" if texts is None else "sentences of the given texts"
    total = sum(len(one) for one in rows.values())
    layer = layer_of(audited, settings.layer)
    return f"{settings.draws:,} draws from {total:,} {which}, {pieces(settings)} of a word's pieces at layer {layer}"


def _single(rows: dict[str, np.ndarray]) -> list[str]:
    once = [word for word, one in rows.items() if len(one) == 1]
    return [f"One sentence only, so every draw is the same: {', '.join(once)}."] if once else []


MEASURE = Measure(
    name="ceat",
    title="CEAT",
    summary="How a word association varies with the sentences that the words stand in.",
    family="sentences",
    needs="sentence_vectors",
    config=CeatConfig,
    compute=compute,
    source="Guo and Caliskan 2021, AIES",
    says="The mean effect size over draws of one sentence a word, how far the draws lie apart, and how often words "
    "dealt at random to the groups lie as far apart over all their sentences.",
    criticisms=(
        Criticism(
            "The p-value of the paper falls with the number of draws that a user asks for, since the draws reuse the "
            "same words; it is shown in a table and not headed.",
            "computed in this result: what the literature prints",
        ),
        Criticism(
            "The weight of a draw in the paper's program is the spread of s over the words, which is not the sampling "
            "variance that the random-effects model asks for.",
            "Guo and Caliskan 2021, program beside the paper",
        ),
        Criticism(
            "Implementation errors spread through the literature on contextual tests and change conclusions.",
            "Mind Your Bias 2022, arXiv 2211.08461",
        ),
        ASSOCIATIONS_FORETELL_LITTLE,
    ),  # fmt: skip
    neutral=0.0,
    upward="{first} lean to {a}, {second} to {b}",
    downward="{first} lean to {b}, {second} to {a}",
    swap="negates",
    low=-2.0,
    high=2.0,
    targets=(2,),
    attributes=(2,),
    order=41,
)
