"""Rows of a table scored: what is true, what the model says, and which label is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.bias.counterfactual.decisions import rule
from core.bias.counterfactual.rows import Rows
from core.bias.subgroups.membership import NO_GROUP, Membership
from core.errors import UserProblem
from core.inference.classifier import Predictions

MOST_LABELS = 8


@dataclass(frozen=True)
class Answers:
    """`labels` asked about (L), scores (n, L), decided and target (n, L) bool, `strata` (n,) the truth as text."""

    labels: tuple[str, ...]
    scores: np.ndarray
    decided: np.ndarray
    target: np.ndarray
    strata: tuple[str, ...]


def known(rows: Rows, labels: Sequence[str]) -> np.ndarray:
    """Rows (n,) bool whose labels the model knows; UserProblem where the table has none that it does."""
    if rows.labels is None:
        raise UserProblem("The rows have no column 'label'.", "Errors need the truth.", "Choose labelled rows.")
    fit = np.array([all(name in labels for name in names) for names in rows.labels], dtype=bool)
    if not any(name in labels for names in rows.labels for name in names):
        seen = sorted({name for names in rows.labels for name in names})
        raise UserProblem(
            f"The rows are labelled {', '.join(seen[:5])}.", f"The model says {', '.join(labels[:10])}.",
            "Choose rows with the model's own labels.",
        )  # fmt: skip
    return fit


def answers(
    rows: Rows, at: np.ndarray, said: Predictions, place: np.ndarray, label: str, threshold: float | None
) -> Answers:
    """For rows `at` (m,), answered at `place` (m,): the label chosen, the second of two, or the commonest."""
    assert rows.labels is not None
    by = rule(said.names, said.problem_type, label, None)
    names = [rows.labels[row] for row in at]
    target = np.array([[label in truth for label in said.names] for truth in names], dtype=bool)
    if by.label is not None:
        chosen = [by.label]
    else:
        chosen = sorted(np.argsort(-target.sum(axis=0), kind="stable")[:MOST_LABELS].tolist())
    scores = said.probabilities[place][:, chosen].astype(np.float64)
    decided = said.decisions()[place][:, chosen] if threshold is None else scores >= threshold
    strata = tuple("|".join(truth) for truth in names)
    return Answers(tuple(said.names[k] for k in chosen), scores, decided, target[:, chosen], strata)


def long(given: Answers, groups: Membership, ids: Sequence[object]) -> pd.DataFrame:
    """A row for each row in each of its groups, for each label: row, label, group, target, score, decided."""
    row, group = np.nonzero(groups.member)
    alone = np.flatnonzero(~groups.member.any(axis=1))
    rows = np.concatenate([row, alone])
    names = np.concatenate([np.array(groups.groups, dtype=object)[group], np.full(len(alone), NO_GROUP, dtype=object)])
    order = np.concatenate([group, np.full(len(alone), len(groups.groups))]).argsort(kind="stable")
    rows, names = rows[order], names[order]
    parts = [
        pd.DataFrame(
            {
                "row": [str(ids[place]) for place in rows], "label": label, "group": names.astype(str),
                "target": given.target[rows, k], "score": given.scores[rows, k], "decided": given.decided[rows, k],
            }
        )
        for k, label in enumerate(given.labels)
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True)
