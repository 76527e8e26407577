"""ECT: whether two groups order attribute words the same way.

Source: Dev and Phillips 2019, AISTATS; the arithmetic is in core/bias/associations/ect.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.bias.associations import ect, resampling
from core.bias.associations.given import Given, look_up
from core.bias.criticisms import FEW_WORDS_MOVE_IT
from core.bias.found import Figure, Found
from core.bias.inputs import Inputs
from core.bias.measure import Criticism, Measure
from core.bias.vectors.kinds import VectorConfig
from core.progress import Report, ShouldStop

if TYPE_CHECKING:
    from core.bias.audited import Audited

LEAST, COARSE = 4, 8
TITLE = "Spearman's rho of the two orders"


@dataclass(frozen=True)
class EctConfig(VectorConfig):
    """Settings of ECT."""


def compute(audited: Audited, inputs: Inputs, settings: EctConfig, *, report: Report, should_stop: ShouldStop) -> Found:
    """rho with its interval over attribute words, and both ranks of every word."""
    given = look_up(audited, inputs, settings, targets=(2,), attributes=None, report=report, should_stop=should_stop)
    if given.empty:
        return Found(_none(given.empty), (), {}, given.vectors.said, given.notes, given.lost)
    first, second = (given.rows(one) for one in given.targets)
    cosines = ect.towards((first, second), given.rows(*given.attributes))
    headline = _headline(cosines, settings.seed)
    notes = list(given.notes)
    size = cosines.shape[1]
    if LEAST <= size < COARSE:
        notes.append(f"{size} attribute words have only {factorial(size):,} orders: rho is coarse below {COARSE}.")
    return Found(
        headline, tuple(_figures(given, cosines)), {"words": _table(given, cosines)}, given.vectors.said, tuple(notes),
        given.lost,
    )  # fmt: skip


def _headline(cosines: np.ndarray, seed: int) -> Figure:
    """rho of (2, m) cosines, or why there is none."""
    size = cosines.shape[1]
    if size < LEAST:
        words = "attribute word has" if size == 1 else "attribute words have"
        return _none(f"{size} {words} a vector; below {LEAST} an order says nothing.")
    value = float(ect.spearman(*cosines))
    if not np.isfinite(value):
        return _none("All attribute words are equally near to one of the groups, so that there is no order to compare.")
    places = resampling.places(size, seed)
    low, high = resampling.bounds(ect.spearman(cosines[0][places], cosines[1][places]))
    said = "" if low is None else resampling.said("attribute words")
    return Figure("ect", TITLE, value, 1.0, low, high, said, size, "attribute words", least=-1.0, most=1.0)


def _none(why: str) -> Figure:
    return Figure("ect", TITLE, None, 1.0, note=why)


def _figures(given: Given, cosines: np.ndarray) -> list[Figure]:
    """What rho is blind to: how much nearer one group is to all attribute words."""
    first, second = (one.name for one in given.targets)
    shift = cosines[0] - cosines[1]
    found = [
        Figure("shift", f"Mean cosine of {first} less that of {second}", float(shift.mean()), 0.0, n=len(shift),
               of="attribute words", note="rho does not see this: it compares orders only."),
    ]  # fmt: skip
    start = 0
    for number, one in enumerate(given.attributes if len(given.attributes) > 1 else ()):
        part, start = cosines[:, start : start + len(one)], start + len(one)
        value = float(ect.spearman(*part)) if len(one) >= LEAST else np.nan
        note = "" if np.isfinite(value) else "Too few words, or all equally near."
        found.append(Figure(f"set_{number}", f"rho, {one.name}", value, 1.0, n=len(one), of="attribute words",
                            note=note))  # fmt: skip
    return found


def _table(given: Given, cosines: np.ndarray) -> pd.DataFrame:
    """Cosine and rank by both groups, the words that change places most first."""
    rows = [(word, one.name) for one in given.attributes for word in one.words]
    first, second = (one.name for one in given.targets)
    ranks = len(rows) + 1 - ect.ranks(cosines)
    table = pd.DataFrame(rows, columns=["word", "set"]).assign(
        **{
            f"cosine with {first}": cosines[0],
            f"cosine with {second}": cosines[1],
            f"rank by {first}": ranks[0],
            f"rank by {second}": ranks[1],
            "places apart": np.abs(ranks[0] - ranks[1]),
        }
    )
    return table.sort_values("places apart", ascending=False, kind="stable", ignore_index=True)


MEASURE = Measure(
    name="ect",
    title="ECT",
    summary="Whether two groups' words have the same attribute words near, in the same order.",
    family="words",
    needs="word_vectors",
    config=EctConfig,
    compute=compute,
    source="Dev and Phillips 2019, AISTATS",
    says="How alike the two groups order the attribute words by nearness: 1 is the same order, 0 none, -1 the reverse.",
    criticisms=(
        Criticism(
            "It compares orders and is no magnitude: one group may be nearer to every attribute word and rho stays 1.",
            "follows from the definition",
        ),
        FEW_WORDS_MOVE_IT,
        Criticism(
            "A group is pressed into one mean; pre-averaged words are treated as data.",
            "Computational Linguistics 50(2):563, 2024",
        ),
    ),
    neutral=1.0,
    upward="both groups order the attribute words alike",
    downward="{first} and {second} order the attribute words differently",
    swap="keeps",
    low=-1.0,
    high=1.0,
    targets=(2,),
    attributes=None,
    order=24,
)
