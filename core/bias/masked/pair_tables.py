"""The rows behind a measure on sentence pairs, what was left out of it, and what a reader should know."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.bias.masked.pair_scores import TITLES, Scores
from core.bias.masked.pairs import LeftOut
from core.bias.masked.preferred import FEW, Preferred
from core.bias.masked.shared import Read
from core.errors import UserProblem


def some(read: Sequence[Read], lost: Sequence[LeftOut]) -> None:
    """UserProblem where every pair was left out."""
    if not read:
        first = lost[0]
        raise UserProblem(
            f"None of {len(lost)} pairs can be measured; the first, row {first.number}: {first.reason}",
            "Two sentences that share words are wanted.", "Choose other pairs.",
        )  # fmt: skip


def pairs(read: Sequence[Read], scores: Scores, rule: str, decimals: int | None) -> pd.DataFrame:
    """A row a pair: both sentences, both scores by `rule`, which is preferred, then the scores by the other rules."""
    own = scores[rule] if decimals is None else np.round(scores[rule], decimals)
    table = pd.DataFrame({
        "row": [one.pair.number for one in read],
        "more stereotyping": [one.pair.more for one in read],
        "less stereotyping": [one.pair.less for one in read],
        "kind of bias": [one.pair.bias_type for one in read],
        "direction": [one.pair.direction for one in read],
        "preferred": np.select([own[:, 0] > own[:, 1], own[:, 0] < own[:, 1]], ["more", "less"], "tie"),
        "score of more": own[:, 0],
        "score of less": own[:, 1],
        "difference": own[:, 0] - own[:, 1],
        "shared pieces": [len(one.more.shared) for one in read],
    })  # fmt: skip
    for other, values in scores.items():
        if other != rule:
            table[f"{TITLES[other]}: more"], table[f"{TITLES[other]}: less"] = values[:, 0], values[:, 1]
    return table


def left_out(lost: Sequence[LeftOut]) -> pd.DataFrame:
    """Row and reason."""
    rows = sorted((one.number, one.reason) for one in lost)
    return pd.DataFrame(rows, columns=["row", "reason"])


def notes(read: Sequence[Read], whole: Preferred, lost: int) -> tuple[str, ...]:
    """Sentences for pairs left out, equal sentences, ties and few pairs."""
    same = [str(one.pair.number) for one in read if one.more.ids == one.less.ids]
    found = []
    if lost:
        found.append(f"{lost} pair{'s' * (lost > 1)} could not be measured; the table “Left out” says why.")
    if same:
        found.append(
            f"The two sentences are the same to this model in {len(same)} pair{'s' * (len(same) > 1)} (row "
            f"{', '.join(same[:8])}): a tie each."
        )
    if whole.ties:
        found.append(f"{whole.ties} tie{'s' * (whole.ties > 1)} count as not preferred and stay in the denominator.")
    if whole.pairs < FEW:
        found.append(f"n too small: {whole.pairs} pairs say nothing about a model.")
    return tuple(found)
