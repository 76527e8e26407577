"""Reweighting: a new linear head, for which rows count more or less until groups are decided on more alike.

Source: Agarwal, Beygelzimer, Dudik, Langford and Wallach 2018, section 3.4, by fairlearn's GridSearch: one logistic
head for each set of multipliers, the best trade-off of error and disparity is kept. One linear head results; it needs
no group when it predicts. Thresholds for each group (fairlearn's ThresholdOptimizer) are not offered as a version,
because they need to know the group of every text that comes in.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.bias.inputs import Inputs
from core.bias.measure import Criticism
from core.bias.mitigation import Material, Mitigated, Mitigation
from core.errors import Stopped, UserProblem
from core.progress import Progress, Report, ShouldStop
from core.training.contract import Config, FineTuned, option

if TYPE_CHECKING:
    from core.bias.audited import Audited

LEAST = 10  # train rows of a group
MOST_GROUPS = 3  # "no group" among them: the grid grows as a power of their number
REST = "no group or several"


@dataclass(frozen=True)
class ReweightingConfig(Config):
    """Settings of `reweighting`."""

    parity: str = option(
        "equalized_odds", title="What shall be alike", choices=("equalized_odds", "demographic_parity"),
        help="equalized odds: both kinds of mistakes. demographic parity: the share of decisions for the second label.",
    )  # fmt: skip
    group_column: str = option(
        "", title="Group column", help="A column of the dataset. Empty: a row belongs to the group that it mentions."
    )
    weight: float = option(
        0.5, title="Weight of parity", help="0 looks at error alone, 1 at disparity alone.", minimum=0.0, maximum=1.0
    )
    heads: int = option(30, title="Heads tried", help="Size of the grid.", minimum=2, maximum=1000)
    strength: float = option(
        0.1, title="C", help="How closely each head fits; larger fits closer.", minimum=1e-5, maximum=1e4, advanced=True
    )
    seed: int = option(0, title="Seed", help="Kept with the result; nothing is drawn.", minimum=0, maximum=2**31,
                       advanced=True)  # fmt: skip


def apply(
    audited: Audited, inputs: Inputs, settings: ReweightingConfig, *, material: Material, out: Path, report: Report,
    should_stop: ShouldStop,
) -> Mitigated:  # fmt: skip
    """Fit the grid on the train rows as the head reads them; the chosen head becomes the classifier's."""
    from core.bias.debiasing.readout import readout

    data = material.data
    if data is None or len(data.labels) != 2 or data.problem_type != "single_label":
        raise UserProblem("Two labels, one a row, are wanted.", "", "Choose another dataset or method.")
    read = readout(audited.classifier.scorer)
    report(Progress("Reading the train rows"))
    vectors = read.vectors(data.train.texts, data.train.pairs, should_stop)
    groups, how = _groups(inputs, settings, material)
    best, facts = _chosen(vectors, np.asarray(data.train.targets), groups, settings, report, should_stop)
    weight, bias = best.coef_[0], float(best.intercept_[0])
    scorer = read.with_head(np.stack([-weight, weight]) / 2, np.array([-bias, bias]) / 2)
    notes = (
        f"Groups of train rows by {how}: "
        + ", ".join(f"{name} {(groups == name).sum():,}" for name in sorted(set(groups))) + ".",
        "The vectors are the same as before; the head that reads them is new.",
    )  # fmt: skip
    return Mitigated({**facts, "groups_by": how}, notes, None, FineTuned(scorer, (), facts))


def _groups(inputs: Inputs, settings: ReweightingConfig, material: Material) -> tuple[np.ndarray, str]:
    """Each train row's group (n,) and how it is known; UserProblem where there are too few or too many."""
    from core.bias.counterfactual.rows import rows
    from core.bias.subgroups.membership import by_column, by_terms

    assert material.data is not None and material.rows is not None  # noqa: S101 - the caller has looked
    train = material.rows[material.rows["split"] == "train"].reset_index(drop=True)
    if settings.group_column:
        known = by_column(train, settings.group_column)
    elif inputs.words is not None:
        read = rows(train)
        joined = (
            read.texts if read.seconds is None else tuple(map(" ".join, zip(read.texts, read.seconds, strict=True)))
        )
        known = by_terms(joined, inputs.words)
    else:
        raise UserProblem("No groups were named.", "A list of words or a column is wanted.", "Name one.")
    alone = known.member.sum(axis=1) == 1
    found = np.where(alone, np.array(known.groups)[known.member.argmax(axis=1)], REST)
    _enough(found)
    return found, known.how


def _enough(found: np.ndarray) -> None:
    names, sizes = np.unique(found, return_counts=True)
    real = [(str(name), int(size)) for name, size in zip(names, sizes, strict=True) if name != REST]
    said = ", ".join(f"{name} {size}" for name, size in real) or "none"
    if len(real) < 2 or len(names) > MOST_GROUPS or min(size for _, size in real) < LEAST:
        raise UserProblem(
            f"Train rows of each group: {said}.", f"Two groups are wanted, {LEAST} rows each at least.",
            "Choose other words or another column.",
        )  # fmt: skip


def _chosen(
    vectors: np.ndarray, targets: np.ndarray, groups: np.ndarray, settings: ReweightingConfig, report: Report,
    should_stop: ShouldStop,
) -> tuple[Any, dict[str, Any]]:  # fmt: skip
    """fairlearn's best head, and error and disparity of the grid."""
    from fairlearn.reductions import DemographicParity, EqualizedOdds, GridSearch
    from sklearn.linear_model import LogisticRegression

    done = [0]

    class Asked(LogisticRegression):  # type: ignore[misc]
        """Asks before each head whether to stop."""

        def fit(self, *given: Any, **more: Any) -> Any:
            if should_stop() is not None:
                raise Stopped
            report(Progress("Fitting heads", step=done[0], steps=settings.heads))
            done[0] += 1
            return super().fit(*given, **more)

    constraint = EqualizedOdds() if settings.parity == "equalized_odds" else DemographicParity()
    grid = GridSearch(
        Asked(C=settings.strength, max_iter=300), constraint, constraint_weight=settings.weight,
        grid_size=settings.heads,
    )  # fmt: skip
    grid.fit(vectors, targets, sensitive_features=groups)
    best = grid.predictors_[grid.best_idx_]
    if not hasattr(best, "coef_"):
        raise UserProblem("The best head gives every row one label.", "", "Give parity less weight, or fit closer.")
    facts = {
        "heads": len(grid.predictors_), "error": float(grid.objectives_[grid.best_idx_]),
        "disparity": float(grid.gammas_[grid.best_idx_].max()), "rows": len(targets),
    }  # fmt: skip
    return best, facts


MITIGATION = Mitigation(
    name="reweighting",
    title="Reweighting for parity",
    summary="Fits a new linear head for which rows count more or less, until groups are decided on more alike.",
    kinds=("fine_tuned",),
    config=ReweightingConfig,
    apply=apply,
    source="Agarwal, Beygelzimer, Dudik, Langford and Wallach 2018, by fairlearn",
    says="On the train rows the groups' decisions or mistakes are more alike. The group of a text is not needed when "
    "it predicts; groups known by words mean mentions, not authors.",
    criticisms=(
        Criticism("Parity on the train rows need not hold on other rows.", "Agarwal et al. 2018, section 3"),
        Criticism("The vectors still hold the attribute.", "Gonen and Goldberg 2019"),
    ),
    targets=None,
    attributes=None,
    needs_rows=True,
    two_labels=True,
    tuned_on=("subgroups",),
    order=50,
)
