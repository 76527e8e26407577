"""Counterfactual token fairness: does the classifier decide otherwise when nothing but the group changes?

Source: Garg et al. 2019, Counterfactual Fairness in Text Classification through Robustness, AIES.
gap(x) = mean over swaps of |f(x) - f(swapped x)|, f the probability of a label; headline: the share of swaps that flip
the decision, each source row counted once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.bias.counterfactual import figures, tables, templates
from core.bias.counterfactual.decisions import moves, rule
from core.bias.counterfactual.pairs import OVER, Pairs, Rules, pairs
from core.bias.counterfactual.rows import rows
from core.bias.counterfactual.scoring import scored
from core.bias.found import Figure, Found
from core.bias.inputs import Inputs
from core.bias.measure import Criticism, Measure
from core.bias.word_sets import WordTest
from core.progress import Report, ShouldStop
from core.training.contract import Config, option

if TYPE_CHECKING:
    from core.bias.audited import Audited

MOST_GROUPS, MOST_LABELS = 40, 20
HARMLESS = ("Gender words", "Names of men and women", "Names by background")


@dataclass(frozen=True)
class CounterfactualConfig(Config):
    """Settings of a counterfactual test."""

    label: str = option("", title="Label", help="Whose probability is watched; empty: the second of two, or all.")
    threshold: float | None = option(
        None, title="Threshold", help="From which probability the label counts as decided; empty: the model's own.",
        minimum=0, maximum=1,
    )  # fmt: skip
    pairing: str = option(
        "by position", title="Counterparts", choices=("by position", "drawn", "every"),
        help="By position: word 3 of a group for word 3 of another; drawn: one by the seed; every: all in turn.",
    )  # fmt: skip
    mixed: str = option(
        "swap every mention", title="Texts about several groups", choices=("swap every mention", "leave out"),
        help="Exchange the groups in both directions at once, or leave such rows out.", advanced=True,
    )  # fmt: skip
    most: int = option(
        12, title="Swaps a row", help="At most so many; more are drawn by the seed.", minimum=1, maximum=200,
        advanced=True,
    )  # fmt: skip
    keep_titles: bool = option(
        True, title="Keep quoted names", help='Leave "The Handmaid\'s Tale" and other quoted names as they are.',
        advanced=True,
    )  # fmt: skip
    match_case: bool = option(
        False, title="Match capitals", help="A term listed with a capital is only found with one: Mark, not mark.",
        advanced=True,
    )  # fmt: skip
    resamples: int = option(
        1_000, title="Resamples", help="Of source rows, for the intervals.", minimum=100, maximum=10_000, advanced=True
    )
    seed: int = option(0, title="Seed", help="Of draws and resamples.", minimum=0, advanced=True)


def compute(
    audited: Audited, inputs: Inputs, settings: CounterfactualConfig, *, report: Report, should_stop: ShouldStop
) -> Found:
    """Flip rate with interval, gaps, signed shift of every group, and the pairs themselves."""
    assert inputs.words is not None and inputs.table is not None
    classifier = audited.classifier
    by = rule(classifier.labels, classifier.problem_type, settings.label, settings.threshold)
    given = rows(inputs.table, classifier.problem_type == "multi_label")
    made = pairs(given.texts, given.seconds, inputs.words, _rules(settings))
    texts = [text for one in made.swaps for text in (one.original, one.changed)]
    answers, place = scored(classifier, texts, report=report, should_stop=should_stop)
    before = np.array([place[one.original] for one in made.swaps], dtype=np.int64)
    after = np.array([place[one.changed] for one in made.swaps], dtype=np.int64)
    moved = moves(answers, before, after, by)
    kept, at = tables.frame(made.swaps, moved)
    drawing = {"seed": settings.seed, "count": settings.resamples}
    groups = [one.name for one in inputs.words.targets]
    watched = [by.label] if by.label is not None else list(range(min(len(classifier.labels), MOST_LABELS)))
    p = answers.probabilities.astype(np.float64)
    signed = tables.groups_table(kept, p[before[at]], p[after[at]], groups, classifier.labels, watched, **drawing)
    by_row, found = figures.of_rows(kept), {tables.COUNTS: made.table(), tables.GROUPS: signed}
    if given.labels is not None and len(kept):
        found[tables.BY_LABEL] = tables.by_label(kept, given.labels, **drawing)
    found[tables.PAIRS] = tables.pairs_table(
        made.swaps, kept, moved, groups, classifier.labels, given.written(), given.ids
    )
    shown = _signed(signed) if by.label is not None else []
    return Found(
        figures.headline(by_row, **drawing),
        (*figures.gaps(kept, by_row, **drawing), *shown),
        found,
        f"{len(by_row):,} of {len(given):,} rows mention a term of {inputs.words.name} and were swapped: "
        f"{len(kept):,} swaps, counterparts {settings.pairing}",
        _warnings(made, len(kept), int(answers.truncated.sum()), inputs.words),
        offends=inputs.words.name not in HARMLESS,
    )


def _rules(settings: CounterfactualConfig) -> Rules:
    return Rules(
        settings.pairing, settings.mixed, settings.most, settings.keep_titles, settings.match_case,  # type: ignore[arg-type]
        settings.seed,
    )  # fmt: skip


def _signed(table: object) -> list[Figure]:
    return [
        Figure(
            f"shift_{number}", f"Shift of {one['label']} for {one['group']}", one["mean shift"], 0.0, one["low"],
            one["high"], figures.BOOTSTRAP if one["rows"] else "", one["rows"], "source rows", one["note"],
        )
        for number, one in enumerate(table.to_dict("records"))  # type: ignore[attr-defined]
    ]  # fmt: skip


def _warnings(made: Pairs, swaps: int, cut: int, words: WordTest) -> tuple[str, ...]:
    said = []
    sizes = {len(one) for one in words.targets}
    if len(sizes) > 1:
        said.append("The groups differ in size: words beyond the shortest have no counterpart by position.")
    if made.counts[OVER]:
        said.append(f"{made.counts[OVER]:,} swaps were over the limit for a row and were drawn away by the seed.")
    if cut:
        said.append(f"{cut:,} texts are longer than the model reads; what stands behind is not seen.")
    if swaps > tables.KEPT:
        said.append(f"The table holds the {tables.KEPT:,} pairs with the largest gaps; figures rest on all {swaps:,}.")
    return tuple(said)


MEASURE = Measure(
    name="counterfactual",
    title="Counterfactual pairs",
    summary="Whether a classifier decides otherwise when nothing but the group in a text changes.",
    family="classifiers",
    needs="classifier",
    config=CounterfactualConfig,
    compute=compute,
    source="Garg et al. 2019, Counterfactual Fairness in Text Classification through Robustness, AIES",
    says="In which share of the swaps the decision flips; each source row counts once, however many swaps it has.",
    criticisms=(
        Criticism(
            "Ungrammatical swaps measure grammar; read the pairs before the figure.",
            "Garg et al. 2019; users of LangFair whose swaps always made hers of his",
        ),
        Criticism(
            "Some swaps change what a text means, most of all in hostile texts: there a gap need not be bias, so read "
            "the harmless labels first.",
            "Garg et al. 2019",
        ),
        Criticism(
            "Lists of terms carry their makers' choices, and other words can give another figure.",
            "Antoniak and Mimno 2021",
        ),
        Criticism(
            "The shipped lists are English, and those of gender know men and women only; a low rate is no proof that a "
            "model is fair.",
            "stated with the lists",
        ),
    ),  # fmt: skip
    neutral=0.0,
    upward="Decisions change when nothing but the group changes",
    downward="No decision changes with the group",
    low=0.0,
    high=1.0,
    targets=tuple(range(2, MOST_GROUPS + 1)),
    attributes=(0,),
    columns=("text",),
    ready=templates.inputs,
    order=2,
    metadata={"aligned": True},
)
