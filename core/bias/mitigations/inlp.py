"""INLP: classifiers of the attribute are trained and taken out one after another, until none does better than guessing.

Source: Ravfogel, Elazar, Gonen, Twiton and Goldberg 2020.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.bias.inputs import Inputs
from core.bias.measure import Criticism
from core.bias.mitigation import COSTS, HIDES, Material, Mitigated, Mitigation
from core.errors import UserProblem
from core.progress import Report, ShouldStop
from core.training.contract import Config, option

if TYPE_CHECKING:
    from core.bias.audited import Audited

HELD = 0.3  # share of the families that judge


@dataclass(frozen=True)
class InlpConfig(Config):
    """Settings of `inlp`."""

    most: int = option(30, title="Most directions", help="It ends there at the latest.", minimum=1, maximum=500)
    refit: bool = option(
        True, title="Fit the head anew", help="On the projected vectors of the train rows, as in the paper; else the "
        "projection is folded into the head that there is.",
    )  # fmt: skip
    rows: int = option(
        500, title="Training rows", minimum=0, maximum=20_000,
        help="At most so many rows that mention one side are added to the template sentences.",
    )  # fmt: skip
    margin: float = option(
        0.02, title="Margin", help="How far above the majority held-out accuracy may be at the end.", minimum=0.0,
        maximum=0.5, advanced=True,
    )  # fmt: skip
    seed: int = option(0, title="Seed", help="Draws the rows and the held-out part.", minimum=0, maximum=2**31,
                       advanced=True)  # fmt: skip


def apply(
    audited: Audited, inputs: Inputs, settings: InlpConfig, *, material: Material, out: Path, report: Report,
    should_stop: ShouldStop,
) -> Mitigated:  # fmt: skip
    """Find the nullspace where the linear layer reads, and fold the projection into the layer."""
    from core.bias.debiasing.concept import concept
    from core.bias.debiasing.heads import projected, refitted
    from core.bias.debiasing.projection import inlp
    from core.bias.debiasing.readout import readout

    read = readout(audited.classifier.scorer)
    sentences = concept(inputs, material, settings.rows, settings.seed)
    vectors = read.vectors(sentences.texts, None, should_stop)
    held = _held(sentences.both, settings.seed)
    removed = inlp(
        vectors[~held], sentences.sides[~held], vectors[held], sentences.sides[held], most=settings.most,
        margin=settings.margin, report=report, should_stop=should_stop,
    )  # fmt: skip
    facts = {"rank": removed.rank, "held_out": list(removed.accuracies), "majority": removed.majority,
             "sentences": len(sentences.first), "rows": sentences.rows}  # fmt: skip
    notes = (
        f"{removed.rank} of {vectors.shape[1]} directions were taken out; a classifier then finds the attribute in "
        f"held-out sentences with accuracy {removed.accuracies[-1]:.2f} ({removed.accuracies[0]:.2f} before; guessing: "
        f"{removed.majority:.2f}).",
    )
    if settings.refit:
        return refitted(read, removed.projection, vectors, sentences, facts, notes, material, report, should_stop)
    return projected(read, removed.projection, vectors, sentences, facts, notes)


def _held(families: np.ndarray, seed: int) -> np.ndarray:
    """(n,) bool: the families that judge; UserProblem where there are too few to have both parts."""
    names = np.unique(families)
    if len(names) < 4:
        raise UserProblem(
            f"There are {len(names)} pairs or rows to learn the attribute from.", "At least 4 are wanted.",
            "Name more pairs.",
        )  # fmt: skip
    chosen = np.random.default_rng(seed).permutation(names)[: max(1, round(HELD * len(names)))]
    return np.isin(families, chosen)


MITIGATION = Mitigation(
    name="inlp",
    title="INLP",
    summary="Trains a classifier of the attribute, takes its direction out, and repeats until guessing does as well.",
    kinds=("fine_tuned",),
    config=InlpConfig,
    apply=apply,
    source="Ravfogel, Elazar, Gonen, Twiton and Goldberg 2020",
    says="No linear classifier finds the attribute in what the head reads, in sentences like those it was given. One "
    "that is not linear may still, and other sentences may.",
    criticisms=(HIDES, COSTS, Criticism("It guards against linear classifiers alone.", "Ravfogel et al. 2020")),
    targets=(2,),
    attributes=None,
    aligned=True,
    needs_rows=True,
    order=30,
)
