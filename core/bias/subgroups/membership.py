"""Which rows belong to which group: by a column of the table, or by the terms that a text mentions.

A text that mentions a group is not written by it, and it may mention several; a column may be either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.bias.counterfactual.mentions import Terms
from core.bias.word_sets import WordTest
from core.errors import UserProblem

MOST = 30
NO_GROUP = "no group"


@dataclass(frozen=True)
class Membership:
    """`member` (n, G) bool by `groups`; `how` says in words by what; `left_out` names groups over the limit."""

    groups: tuple[str, ...]
    member: np.ndarray
    how: str
    left_out: tuple[str, ...] = ()


def by_column(table: pd.DataFrame, column: str) -> Membership:
    """Groups are the values of a column, the largest first, at most MOST; empty cells belong to none."""
    if column not in table.columns:
        raise UserProblem(
            f"The rows have no column {column!r}.", f"Columns are: {', '.join(map(str, table.columns))}.",
            "Name the column with the groups, or choose a list of terms.",
        )  # fmt: skip
    cells = table[column].map(lambda cell: "" if cell is None or cell != cell else str(cell).strip())
    sizes = cells[cells != ""].value_counts()
    if not len(sizes):
        raise UserProblem(f"The column {column!r} is empty.", "It says which group a row is of.", "Choose another.")
    names = [str(name) for name in sizes.index]
    member = np.stack([(cells == name).to_numpy() for name in names[:MOST]], axis=1)
    return Membership(tuple(names[:MOST]), member, f"the column {column}", tuple(names[MOST:]))


def by_terms(texts: Sequence[str], words: WordTest, match_case: bool = False) -> Membership:
    """Groups are the targets of a list; a row belongs to every group that its text mentions."""
    if not words.targets:
        raise UserProblem(f"{words.name} has no groups.", "Targets with terms are wanted.", "Choose another list.")
    terms = Terms(words, match_case)
    member = np.zeros((len(texts), len(words.targets)), dtype=bool)
    for row, text in enumerate(texts):
        for one in terms.find(text):
            member[row, one.group] = True
    return Membership(tuple(one.name for one in words.targets), member, f"mentions of {words.name}")
