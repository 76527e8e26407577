"""What a measure on masked words is given: a person's table under the measure's own names, or the shipped pairs."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from core.bias.inputs import Inputs
from core.bias.masked import sample
from core.bias.masked.columns import named, wanted
from core.bias.masked.pairs import COLUMNS
from core.bias.measure import Measure
from core.errors import UserProblem


def given(
    measure: Measure, table: pd.DataFrame | None, name: str, columns: Mapping[str, str] | None = None
) -> Inputs:  # fmt: skip
    """Inputs of a measure that takes a table; without a table the shipped pairs, where the measure takes pairs.

    `columns` says which given column is which; without it names decide. UserProblem where one that must be there is
    missing, or where a measure of blanks has no table.
    """
    if table is None:
        if measure.columns == COLUMNS:
            return sample.pairs()
        raise UserProblem(
            f"{measure.title} was given no table.", f"One with {', '.join(measure.columns)} is wanted.", "Name a file."
        )
    found = named(table, measure.columns, columns)
    missing = [column for column in measure.columns if column not in found.columns]
    if missing:
        have = ", ".join(str(column) for column in table.columns) or "none"
        raise UserProblem(
            f"{name} has no column for {', '.join(missing)}; it has: {have}.",
            f"{measure.title} reads: {', '.join(wanted(measure.columns))}.",
            "Name the columns so, or say which is which.",
        )  # fmt: skip
    return Inputs(name, None, found, name)
