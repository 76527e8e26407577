"""WEAT: are the words of X nearer to A than to B, compared with the words of Y?

Source: Caliskan, Bryson and Narayanan 2017, Science 356:183, and its supplement.
s(w) = mean over a of cos(w, a) - mean over b of cos(w, b); d = (mean_X s - mean_Y s) / sd of s over X and Y together.
The digits of the paper come out with n - 1 in the standard deviation (ddof 1), which is the default.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.bias.found import Figure, Found
from core.bias.inputs import Inputs
from core.bias.measure import Criticism, Measure
from core.bias.permutation.test import chance
from core.bias.vectors.kinds import VectorConfig, vectors
from core.bias.word_sets import checked
from core.progress import Report, ShouldStop

if TYPE_CHECKING:
    from core.bias.audited import Audited


@dataclass(frozen=True)
class WeatConfig(VectorConfig):
    """Settings of a WEAT."""


def compute(
    audited: Audited, inputs: Inputs, settings: WeatConfig, *, report: Report, should_stop: ShouldStop
) -> Found:
    """Effect size with its exact p, and s of every word."""
    assert inputs.words is not None
    test, notes = checked(inputs.words, targets=(2,), attributes=(2,))
    found = vectors(audited, test.words, settings, report=report, should_stop=should_stop)
    left = test.kept(found.words)
    (x, y), (a, b) = left.targets, left.attributes
    s = association(found.of((*x.words, *y.words)), found.of(a.words), found.of(b.words))
    headline = Figure(
        "effect_size", "Effect size d", effect_size(s, len(x)), 0.0, n=len(s), of="target words",
        chance=chance(s, len(x)),
    )  # fmt: skip
    table = pd.DataFrame({"word": (*x.words, *y.words), "s": s})
    lost = {one.name: tuple(word for word in one.words if word in found.lost) for one in test.sets}
    return Found(headline, (), {"words": table}, found.said, notes, {k: v for k, v in lost.items() if v})


def association(targets: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """s (n,) of target rows (n, d) with attribute rows (k, d) and (l, d)."""
    return np.asarray(_unit(targets) @ (_unit(a).mean(axis=0) - _unit(b).mean(axis=0)))


def effect_size(s: np.ndarray, first: int, ddof: int = 1) -> float | None:
    """d of associations s (n,), the first `first` of which are X's."""
    spread = s.std(ddof=ddof)
    return float((s[:first].mean() - s[first:].mean()) / spread) if spread > 0 else None


def _unit(rows: np.ndarray) -> np.ndarray:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True))


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
            "It overestimates: by picking attribute words almost any association can be shown.",
            "Ethayarajh, Duvenaud and Hirst 2019",
        ),
    ),  # fmt: skip
    neutral=0.0,
    upward="{first} lean to {a}, {second} to {b}",
    downward="{first} lean to {b}, {second} to {a}",
    swap="negates",
    low=-2.0,
    high=2.0,
    targets=(2,),
    attributes=(2,),
    order=10,
)
