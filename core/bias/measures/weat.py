"""WEAT: are the words of X nearer to A than to B, compared with the words of Y?

Source: Caliskan, Bryson and Narayanan 2017, Science 356:183, and its supplement; core/bias/associations/weat.py has
the arithmetic. The digits of the paper come out with n - 1 in the standard deviation (ddof 1), which is the default.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import comb
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.bias.associations.balanced import balanced
from core.bias.associations.given import Given, look_up
from core.bias.associations.steadiness import Associations, bootstrap, without_each
from core.bias.associations.unit import cosines
from core.bias.associations.weat import SAME, bound, dealt, effect_size
from core.bias.associations.weat_figures import CONSTANT, DEALT, further
from core.bias.criticisms import LISTS_CARRY_BIAS, VECTORS_FORETELL_LITTLE
from core.bias.found import Chance, Figure, Found
from core.bias.inputs import Inputs
from core.bias.measure import Criticism, Measure
from core.bias.permutation.test import ALTERNATIVES, METHODS, chance
from core.bias.vectors.kinds import VectorConfig
from core.bias.word_sets import LEAST
from core.errors import UserProblem
from core.progress import Report, ShouldStop
from core.training.contract import option

if TYPE_CHECKING:
    from core.bias.audited import Audited


@dataclass(frozen=True)
class WeatConfig(VectorConfig):
    """Settings of a WEAT."""

    ddof: int = option(
        1, title="Standard deviation", choices=(1, 0), advanced=True,
        help="1 divides by n - 1, which gives the digits of the paper; 0 divides by n, as WEFE does.",
    )  # fmt: skip
    alternative: str = option(
        "greater", title="Alternative", choices=ALTERNATIVES,
        help="What the p-value asks for: d as large as this (the paper), as small, or as far from 0 on either side.",
    )  # fmt: skip
    method: str = option(
        "auto", title="Way to p", choices=METHODS, advanced=True,
        help="auto counts every partition where that takes a moment and else gives certain bounds; exact may take "
        "seconds; Monte Carlo is for comparison.",
    )  # fmt: skip
    draws: int = option(
        100_000, title="Draws", minimum=100, maximum=10_000_000, advanced=True, help="Partitions of a Monte Carlo p."
    )
    strict: bool = option(
        False, title="Strictly greater", advanced=True,
        help="Counts partitions with > as the paper prints it, without the observed one; p can then be 0.",
    )  # fmt: skip
    sizes: str = option(
        "keep", title="Unequal sizes", choices=("keep", "balance"), advanced=True,
        help="Keep every word that has a vector, or leave words out at random until both targets are equally long.",
    )  # fmt: skip
    resamples: int = option(
        2_000, title="Resamples", minimum=100, maximum=100_000, advanced=True,
        help="Of attribute words, for the interval of d.",
    )  # fmt: skip


def compute(
    audited: Audited, inputs: Inputs, settings: WeatConfig, *, report: Report, should_stop: ShouldStop
) -> Found:
    """Effect size with its exact p, and what it hangs on."""
    given = look_up(audited, inputs, settings, targets=(2,), attributes=(2,), report=report, should_stop=should_stop)
    whole(given)
    if settings.sizes == "balance":
        test, said = balanced(given.test, settings.seed)
        given = replace(given, test=test, notes=(*given.notes, *said))
    x, y = given.targets
    to_a, to_b = (cosines(given.rows(x, y), given.rows(side)) for side in given.attributes)
    found = Associations(to_a, to_b, len(x))
    s = found.s if np.ptp(found.s) > SAME else np.zeros(len(found.s))

    def tested(alternative: str) -> Chance:
        return chance(
            s, len(x), alternative=alternative, method=settings.method, draws=settings.draws, seed=settings.seed,
            strict=settings.strict, should_stop=should_stop,
        )  # fmt: skip

    few = min(len(x), len(y)) < LEAST
    headline = _headline(found, settings, None if few else tested(settings.alternative))
    both = None if few or not s.any() else tested("two-sided")
    figures = further(s, len(x), settings.ddof, both, settings.seed)
    return Found(headline, figures, _tables(found, given, settings), given.vectors.said, given.notes, given.lost)


def whole(given: Given) -> None:
    """UserProblem where a set has lost every word."""
    for one in given.test.sets:
        if not one.words:
            gone = ", ".join(given.lost.get(one.name, ())[:8])
            raise UserProblem(
                f"No word of {one.name!r} has a vector ({gone}).", "Each set needs one.",
                "Choose other words, another model or another kind of vector.",
            )  # fmt: skip


def _headline(found: Associations, settings: WeatConfig, tested: Chance | None) -> Figure:
    x, n = found.first, len(found.s)
    d = effect_size(found.s, x, settings.ddof)
    most = bound(x, n - x, settings.ddof)
    base = Figure(
        "effect_size", "Effect size d", d, 0.0, n=n, of="target words", chance=tested, least=-most, most=most,
        note=f"Standard deviation with ddof {settings.ddof}; |d| is at most {most:.2f}." if d is not None else CONSTANT,
    )  # fmt: skip
    if tested is None:
        return replace(base, value=None, note=_meaningless(x, n - x, d, most))
    low, high = bootstrap(found, settings.ddof, settings.seed, settings.resamples) if d is not None else (None, None)
    return replace(base, low=low, high=high, interval="" if low is None else "95 % bootstrap over attribute words")


def _meaningless(first: int, second: int, d: float | None, most: float) -> str:
    shown = "" if d is None else f" (d would be {d:.2f}, of at most {most:.2f})"
    return (
        f"With {first} and {second} target words no effect size is shown{shown}: the least possible p is 1 in "
        f"{comb(first + second, first):,}, whatever the vectors. {LEAST} words a side are wanted at least."
    )


def _tables(found: Associations, given: Given, settings: WeatConfig) -> dict[str, pd.DataFrame]:
    (x, y), (a, b) = given.targets, given.attributes
    corners, s = found.corners(), found.s
    names = (f"mean cosine to {a.name}", f"mean cosine to {b.name}")
    quadrant = pd.DataFrame(corners, columns=list(names))
    quadrant.insert(0, "target", [x.name, y.name])
    quadrant["difference"] = corners[:, 0] - corners[:, 1]
    words = pd.DataFrame(
        {"word": (*x.words, *y.words), "set": [x.name] * len(x) + [y.name] * len(y), "s": s,
         names[0]: found.to_a.mean(axis=1), names[1]: found.to_b.mean(axis=1)}
    )  # fmt: skip
    tables = {"the four associations": quadrant}
    band = np.abs(dealt(s, len(x), settings.seed, DEALT))
    if np.isfinite(band).all():
        shares = (50, 75, 90, 95, 99)
        tables["|d| by chance"] = pd.DataFrame(
            {"% of random deals": shares, "|d| at most": np.percentile(band, shares)}
        )
    tables["words"] = words
    tables["leaving one word out"] = without_each(found, (x, y), (a, b), settings.ddof)
    return tables


MEASURE = Measure(
    name="weat",
    title="WEAT",
    summary="Whether two groups of words lean to different sides of two sets of attributes.",
    family="words",
    needs="word_vectors",
    config=WeatConfig,
    compute=compute,
    source="Caliskan, Bryson and Narayanan 2017, Science 356:183",
    says="How far the two groups' associations lie apart, in standard deviations over both groups together.",
    criticisms=(
        Criticism(
            "It overestimates: by picking attribute words almost any association can be shown, and sets of one word "
            "always reach the maximum.",
            "Ethayarajh, Duvenaud and Hirst 2019",
        ),
        Criticism(
            "Averages over words are treated as data; similar results arise from null models and neutral lists.",
            "Computational Linguistics 50(2):563",
        ),
        Criticism(
            "d cannot be compared in size across models, and it can be 0 where bias exists.",
            "Schröder et al. 2021",
        ),
        Criticism(
            "One of the four associations can drive it, or all four can be tiny: look at the four.",
            "Wolfe 2024",
        ),
        LISTS_CARRY_BIAS,
        Criticism(
            "p is about the target words alone: it says nothing about other attributes.",
            "Caliskan, Bryson and Narayanan 2017",
        ),
        VECTORS_FORETELL_LITTLE,
    ),  # fmt: skip
    neutral=0.0,
    upward="{first} lean to {a}, {second} to {b}",
    downward="{first} lean to {b}, {second} to {a}",
    swap="negates",
    targets=(2,),
    attributes=(2,),
    version=2,
    order=10,
)
