"""RND: whether neutral words lie nearer to the mean of one group or of the other.

Source: Garg, Schiebinger, Jurafsky and Zou 2018, PNAS 115:E3635; the arithmetic is in core/bias/associations/rnd.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.bias.associations import resampling, rnd
from core.bias.associations.given import Given, look_up
from core.bias.criticisms import FEW_WORDS_MOVE_IT
from core.bias.found import Figure, Found
from core.bias.inputs import Inputs
from core.bias.measure import Criticism, Measure
from core.bias.permutation.test import raising
from core.bias.vectors.kinds import VectorConfig
from core.progress import Report, ShouldStop
from core.training.contract import option

if TYPE_CHECKING:
    from core.bias.audited import Audited

DISTANCE, SIMILARITY = "distance", "similarity"
TITLES = {DISTANCE: "Mean relative norm distance", SIMILARITY: "Mean relative cosine similarity"}


@dataclass(frozen=True)
class RndConfig(VectorConfig):
    """Settings of RND."""

    by: str = option(
        DISTANCE, title="Nearness by", choices=(DISTANCE, SIMILARITY),
        help="Euclidean distance between vectors of length one, as the paper has it, or cosine similarity. A positive "
        "value means nearer to the second group in both.",
    )  # fmt: skip
    draws: int = option(
        20_000, title="Partitions dealt", minimum=999, maximum=1_000_000, advanced=True,
        help="For p, where there are too many partitions of the target words to compute all of them.",
    )  # fmt: skip


def compute(audited: Audited, inputs: Inputs, settings: RndConfig, *, report: Report, should_stop: ShouldStop) -> Found:
    """Mean over the neutral words with its p, the sum, and every word."""
    given = look_up(audited, inputs, settings, targets=(2,), attributes=None, report=report, should_stop=should_stop)
    if given.empty:
        headline = Figure("rnd", TITLES[settings.by], None, 0.0, note=given.empty)
        return Found(headline, (), {}, given.vectors.said, given.notes, given.lost)
    neutral, first, second = given.rows(*given.attributes), *(given.rows(one) for one in given.targets)
    values = {by: rnd.differences(neutral, first, second, by == SIMILARITY) for by in TITLES}
    chosen = values[settings.by]
    low, high = resampling.of_mean(chosen, settings.seed)
    chance = rnd.p_value(
        neutral, first, second, settings.by == SIMILARITY, settings.draws, settings.seed, raising(should_stop)
    )
    headline = Figure(
        "rnd", TITLES[settings.by], float(chosen.mean()), 0.0, low, high,
        "" if low is None else resampling.said("neutral words"), len(chosen), "neutral words", chance=chance,
    )  # fmt: skip
    return Found(
        headline, tuple(_figures(given, values, settings.by)), {"words": _table(given, values)},
        f"{given.vectors.said}; every word scaled to length one", given.notes, given.lost,
    )  # fmt: skip


def _figures(given: Given, values: dict[str, np.ndarray], by: str) -> list[Figure]:
    """The sum that the paper prints, the other variant, and the mean of each set of neutral words."""
    other = SIMILARITY if by == DISTANCE else DISTANCE
    size, chosen = len(values[by]), values[by]
    found = [
        Figure("sum", "Sum over the neutral words, as the paper has it", float(chosen.sum()), 0.0, n=size,
               of="neutral words", note="It grows with the number of words."),
        Figure("either_way", "Mean without its sign", float(np.abs(chosen).mean()), 0.0, n=size, of="neutral words",
               note="The mean cancels where words lie on both sides; this does not, and is never 0 by chance."),
        Figure("other", TITLES[other], float(values[other].mean()), 0.0, n=size, of="neutral words"),
    ]  # fmt: skip
    start = 0
    for number, one in enumerate(given.attributes if len(given.attributes) > 1 else ()):
        part, start = chosen[start : start + len(one)], start + len(one)
        low, high = resampling.of_mean(part, 0)
        found.append(
            Figure(f"set_{number}", f"Mean, {one.name}", float(part.mean()), 0.0, low, high,
                   "" if low is None else resampling.said("neutral words"), len(one), "neutral words")
        )  # fmt: skip
    return found


def _table(given: Given, values: dict[str, np.ndarray]) -> pd.DataFrame:
    """Both variants of every neutral word, sorted by the distance."""
    rows = [(word, one.name) for one in given.attributes for word in one.words]
    table = pd.DataFrame(rows, columns=["word", "set"]).assign(**{f"by {by}": each for by, each in values.items()})
    return table.sort_values(f"by {DISTANCE}", ignore_index=True)


MEASURE = Measure(
    name="rnd",
    title="RND",
    summary="Whether neutral words, such as occupations, lie nearer to one group's words or to the other's.",
    family="words",
    needs="word_vectors",
    config=RndConfig,
    compute=compute,
    source="Garg, Schiebinger, Jurafsky and Zou 2018, PNAS 115:E3635",
    says="How much nearer the neutral words lie to the second group's mean than to the first's: above 0 nearer to the "
    "second, below 0 nearer to the first.",
    criticisms=(
        Criticism(
            "The mean of a group of more, or more different, words is shorter: the lists' sizes move the distance.",
            "follows from the definition",
        ),
        Criticism(
            "A group is pressed into one mean; similar results arise from neutral lists and null models.",
            "Computational Linguistics 50(2):563, 2024",
        ),
        FEW_WORDS_MOVE_IT,
    ),
    neutral=0.0,
    upward="the neutral words lie nearer to {second} than to {first}",
    downward="the neutral words lie nearer to {first} than to {second}",
    swap="negates",
    low=-2.0,
    high=2.0,
    targets=(2,),
    attributes=None,
    order=22,
)
