"""The choice map: one word test by layer, pooling and template; is its sign the model's, or the choice's?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.bias.choice_map import ALONE, POOLINGS, Map, choice_map
from core.bias.found import Figure, Found
from core.bias.inputs import Inputs
from core.bias.measure import Criticism, Measure
from core.bias.word_sets import checked
from core.errors import UserProblem
from core.progress import Report, ShouldStop
from core.training.contract import Config, option

if TYPE_CHECKING:
    from core.bias.audited import Audited

FIRST = next(iter(POOLINGS))  # with the word alone at the last layer: what word tests take by themselves


@dataclass(frozen=True)
class ChoiceMapConfig(Config):
    """Settings of the choice map."""

    templates: int = option(
        4,
        title="Sentences",
        minimum=0,
        maximum=6,
        help="In how many kinds of sentence the words are read, beside alone.",
    )


def compute(
    audited: Audited, inputs: Inputs, settings: ChoiceMapConfig, *, report: Report, should_stop: ShouldStop
) -> Found:
    """Share of cells with the sign of the default, and every cell."""
    assert inputs.words is not None
    test, notes = checked(inputs.words, targets=(2,), attributes=(2,))
    found = choice_map(audited.subject, test, settings.templates, report=report, should_stop=should_stop)
    left = test.kept(word for word in test.words if word not in found.lost)
    if any(not one.words for one in left.sets):
        raise UserProblem("A set has no word that the model reads.", "Each set needs one.", "Choose other words.")
    table = cells(found)
    lost = {one.name: tuple(word for word in one.words if word in found.lost) for one in test.sets}
    return Found(
        _headline(found), (*_figures(found), *_by_choice(table)), {"cells": table},
        f"{found.d.size:,} cells: {found.d.shape[2]} layers, {len(found.poolings)} ways to a vector, "
        f"{len(found.templates)} contexts; {found.texts:,} texts read once",
        (*notes, counted(found)), {name: words for name, words in lost.items() if words},
    )  # fmt: skip


def cells(found: Map) -> pd.DataFrame:
    """One row a cell: layer, vector, context, d."""
    rows = [
        (layer, pooling, template, float(found.d[t, p, layer]))
        for t, template in enumerate(found.templates)
        for p, pooling in enumerate(found.poolings)
        for layer in range(found.d.shape[2])
        if np.isfinite(found.d[t, p, layer])
    ]
    return pd.DataFrame(rows, columns=["layer", "vector", "context", "effect size d"])


def counted(found: Map) -> str:
    """How many cells have each sign, in a sentence."""
    d = found.d
    undefined = int((~np.isfinite(d)).sum())
    rest = f"; {undefined} have no effect size, because all words have the same vector there" if undefined else ""
    return (
        f"Of {d.size:,} cells {int((d > 0).sum())} are above 0, {int((d < 0).sum())} below 0 and {int((d == 0).sum())} "
        f"at 0{rest}."
    )


def _headline(found: Map) -> Figure:
    default, known = found.d[0, 0, -1], found.d[np.isfinite(found.d)]
    name, title = "same_sign", "Cells with the sign of the default"
    if not np.isfinite(default) or default == 0:
        return Figure(name, title, None, n=len(known), of="cells", note="The default has no sign.")
    share = float((np.sign(known) == np.sign(default)).mean())
    return Figure(
        name, title, share, n=len(known), of="cells", least=0.0, most=1.0,
        note=f"The default is {FIRST}, {ALONE}, at the last layer: d = {default:.3f}. 1 would mean that no choice "
        "turns the sign; the cells are no independent samples, so there is no p-value.",
    )  # fmt: skip


def _figures(found: Map) -> tuple[Figure, ...]:
    known, default = found.d[np.isfinite(found.d)], found.d[0, 0, -1]
    if not len(known):
        return ()
    low, high = float(known.min()), float(known.max())
    first = Figure(
        "default", "Effect size d of the default", float(default), 0.0, low, high, "least and most of all cells",
        len(known), "cells", "" if np.isfinite(default) else "All words have the same vector there.",
        least=-2.0, most=2.0,
    )  # fmt: skip
    return first, Figure("median", "Median of all cells", float(np.median(known)), 0.0, n=len(known), of="cells",
                         least=-2.0, most=2.0)  # fmt: skip


def _by_choice(table: pd.DataFrame) -> tuple[Figure, ...]:
    """Median d by way to a vector."""
    return tuple(
        Figure(f"pooling_{place}", f"Median d, {name}", float(part.median()), 0.0, float(part.min()), float(part.max()),
               "least and most", len(part), "cells", least=-2.0, most=2.0)
        for place, (name, part) in enumerate(table.groupby("vector", sort=False)["effect size d"])
    )  # fmt: skip


MEASURE = Measure(
    name="choice_map",
    title="Choice map",
    summary="One word test by layer, way to a vector and sentence: whether its sign holds.",
    family="words",
    needs="sentence_vectors",
    config=ChoiceMapConfig,
    compute=compute,
    source="Effect size: Caliskan et al. 2017; that pooling turns its sign is shown by the map itself",
    says="How many of the ways to read a word off a BERT agree on the direction of an association.",
    criticisms=(
        Criticism(
            "Cells are no independent samples: neighbouring layers and sentences give much the same vectors, so their "
            "share is no probability.",
            "by construction",
        ),
        Criticism(
            "Choosing the cell with the wished-for value is the very mistake that the map is there to prevent.",
            "Mind Your Bias 2022, arXiv 2211.08461",
        ),
        Criticism(
            "All cells share the word lists and what is wrong with them.",
            "Antoniak and Mimno 2021, ACL",
        ),
    ),  # fmt: skip
    neutral=None,
    upward="most ways to a vector agree with the default",
    downward="few ways to a vector agree with the default",
    swap="keeps",
    low=0.0,
    high=1.0,
    targets=(2,),
    attributes=(2,),
    order=90,
)
