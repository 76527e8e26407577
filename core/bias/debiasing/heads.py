"""A classifier with a direction folded into its head, or with a head that was fitted anew behind the projection."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.bias.debiasing.concept import Concept
from core.bias.debiasing.readout import Readout
from core.bias.mitigation import Material, Mitigated, Recoverable
from core.errors import UserProblem
from core.progress import Report, ShouldStop
from core.training.contract import FineTuned

GRID = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)


def projected(
    read: Readout, projection: np.ndarray, vectors: np.ndarray, concept: Concept, facts: dict[str, Any],
    notes: tuple[str, ...],
) -> Mitigated:  # fmt: skip
    """W P in the place of W: exact, the same logits as reading P z."""
    scorer = read.with_head(read.weight @ projection, read.bias)
    return _made(scorer, projection, vectors, concept, {**facts, "head": "folded"}, notes)


def refitted(
    read: Readout, projection: np.ndarray, vectors: np.ndarray, concept: Concept, facts: dict[str, Any],
    notes: tuple[str, ...], material: Material, report: Report, should_stop: ShouldStop,
) -> Mitigated:  # fmt: skip
    """A head fitted to the projected vectors of the train rows, its C chosen on validation rows; then W P."""
    from core.training.readiness import judged_on
    from core.training.strengths import Rows, choose

    data = material.data
    if data is None:
        raise UserProblem("A new head is fitted to rows, and no dataset was named.", "", "Name one, or set refit=no.")
    train, judge = (
        read.vectors(rows.texts, rows.pairs, should_stop) @ projection for rows in (data.train, judged_on(data))
    )
    chosen = choose(
        Rows(train, data.train.targets), Rows(judge, judged_on(data).targets), len(data.labels), data.problem_type,
        GRID, weights=None, report=report, should_stop=should_stop,
    )  # fmt: skip
    scorer = read.with_head(chosen.head.weight @ projection, chosen.head.bias)
    return _made(scorer, projection, vectors, concept, {**facts, "head": "fitted anew", "C": chosen.strength}, notes)


def _made(
    scorer: Any, projection: np.ndarray, vectors: np.ndarray, concept: Concept, facts: dict[str, Any],
    notes: tuple[str, ...],
) -> Mitigated:  # fmt: skip
    given = Recoverable(vectors, vectors @ projection, concept.sides, concept.said, concept.both)
    return Mitigated(facts, notes, given, FineTuned(scorer, (), facts))
