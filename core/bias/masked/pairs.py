"""Sentence pairs of a table: the more stereotyping sentence, the less stereotyping one, and of which kind they are."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from core.errors import UserProblem

COLUMNS = ("sent_more", "sent_less")


@dataclass(frozen=True)
class Pair:
    """Row `number` (from 1); `direction` is "stereo", "antistereo" or "" where the table does not say."""

    number: int
    more: str
    less: str
    direction: str = ""
    bias_type: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A row that is not measured, and why."""

    number: int
    reason: str


def pairs(table: pd.DataFrame | None, name: str) -> tuple[list[Pair], list[LeftOut]]:
    """Pairs in order, and rows with an empty sentence; UserProblem where columns or all pairs are missing."""
    missing = [column for column in COLUMNS if table is None or column not in table.columns]
    if table is None or missing:
        raise UserProblem(
            f"{name} has no column {', '.join(map(repr, missing))}.",
            "sent_more (the more stereotyping sentence) and sent_less are wanted; stereo_antistereo and bias_type may "
            "stand beside them.", "Name the columns so.",
        )  # fmt: skip
    found, lost = [], []
    for number, row in enumerate(table.fillna("").astype(str).to_dict("records"), start=1):
        more, less = row["sent_more"].strip(), row["sent_less"].strip()
        if not more or not less:
            lost.append(LeftOut(number, "A sentence is empty."))
            continue
        direction = row.get("stereo_antistereo", "").strip().lower()
        kind = row.get("bias_type", "").strip()
        found.append(Pair(number, more, less, direction if direction in ("stereo", "antistereo") else "", kind))
    if not found:
        raise UserProblem(f"{name} has no pair of sentences.", "At least one is wanted.", "Choose another file.")
    return found, lost
