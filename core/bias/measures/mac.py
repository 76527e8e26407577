"""MAC: how far, on average, target words lie from attribute sets, whatever their group.

Source: Manzini, Lim, Tsvetkov and Black 2019, NAACL N19-1062; the arithmetic is in core/bias/associations/mac.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.bias.associations import mac, resampling
from core.bias.associations.given import Given, look_up
from core.bias.found import Figure, Found
from core.bias.inputs import Inputs
from core.bias.measure import Criticism, Measure
from core.bias.vectors.kinds import VectorConfig
from core.progress import Report, ShouldStop

if TYPE_CHECKING:
    from core.bias.audited import Audited

TITLE = "Mean average cosine distance"


@dataclass(frozen=True)
class MacConfig(VectorConfig):
    """Settings of MAC."""


def compute(audited: Audited, inputs: Inputs, settings: MacConfig, *, report: Report, should_stop: ShouldStop) -> Found:
    """MAC over all target words, a mean for each group, and every word with every attribute set."""
    given = look_up(audited, inputs, settings, targets=None, attributes=None, report=report, should_stop=should_stop)
    if given.empty:
        headline = Figure("mac", TITLE, None, 1.0, note=given.empty)
        return Found(headline, (), {}, given.vectors.said, given.notes, given.lost)
    scores = mac.distances(given.rows(*given.targets), [given.rows(one) for one in given.attributes])
    low, high = resampling.of_mean(scores.mean(axis=1), settings.seed)
    headline = Figure(
        "mac", TITLE, float(scores.mean()), 1.0, low, high, "" if low is None else resampling.said("target words"),
        len(scores), "target words", least=0.0, most=2.0,
    )  # fmt: skip
    words = _table(given, scores)
    sets = words.drop(columns="word").groupby("group", sort=False).mean().reset_index()
    return Found(
        headline, tuple(_figures(given, scores)), {"groups": sets, "words": words}, given.vectors.said, given.notes,
        given.lost,
    )  # fmt: skip


def _figures(given: Given, scores: np.ndarray) -> list[Figure]:
    """The mean of each group, and how far they are apart, to which MAC is blind."""
    if len(given.targets) < 2:
        return []
    found, means, start = [], [], 0
    for number, one in enumerate(given.targets):
        part, start = scores[start : start + len(one)].mean(axis=1), start + len(one)
        low, high = resampling.of_mean(part, number)
        means.append(float(part.mean()))
        said = "" if low is None else resampling.said("target words")
        found.append(Figure(f"group_{number}", f"MAC of {one.name}", means[-1], 1.0, low, high, said, len(one),
                            "target words", least=0.0, most=2.0))  # fmt: skip
    apart = Figure("apart", "Largest difference between two groups", max(means) - min(means), 0.0, n=len(means),
                   of="groups", note="MAC itself does not see this.")  # fmt: skip
    return [apart, *found]


def _table(given: Given, scores: np.ndarray) -> pd.DataFrame:
    """A row a target word, a column an attribute set."""
    rows = [(word, one.name) for one in given.targets for word in one.words]
    table = pd.DataFrame(rows, columns=["word", "group"])
    for number, one in enumerate(given.attributes):
        table[f"distance to {one.name}"] = scores[:, number]
    return table.assign(mean=scores.mean(axis=1))


MEASURE = Measure(
    name="mac",
    title="MAC",
    summary="How far target words of any number of groups lie from sets of attribute words.",
    family="words",
    needs="word_vectors",
    config=MacConfig,
    compute=compute,
    source="Manzini, Lim, Tsvetkov and Black 2019, NAACL N19-1062",
    says="The mean cosine distance between target words and attribute sets: 1 is unrelated, below 1 is close.",
    criticisms=(
        Criticism(
            "It is blind to differences between groups: when all are equally close to a slur, it falls, and when "
            "one is close and another far, it may stay.",
            "follows from the definition",
        ),
        Criticism(
            "Means over words are treated as data; similar results arise from neutral lists and null models.",
            "Computational Linguistics 50(2):563, 2024",
        ),
        Criticism(
            "In a BERT all vectors point more or less the same way, so that it lies well below 1 for any words.",
            "Ethayarajh 2019, EMNLP D19-1006",
        ),
    ),
    neutral=1.0,
    upward="the target words lie further from the attributes than unrelated words would",
    downward="the target words lie close to the attributes",
    swap="keeps",
    low=0.0,
    high=2.0,
    targets=None,
    attributes=None,
    order=26,
)
