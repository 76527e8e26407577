"""SentenceDebias: directions between sentences and their swapped copies are taken out of what the classifier reads.

Source: Liang, Li, Zheng, Lim, Salakhutdinov and Morency 2020. h becomes h - V V^T h; folded into the head it is exact.
It is offered for classifiers alone: behind the last layer norm of a plain BERT there is no linear layer to fold it
into, so a BERT changed in this way would not load as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.bias.inputs import Inputs
from core.bias.measure import Criticism
from core.bias.mitigation import COSTS, HIDES, Material, Mitigated, Mitigation
from core.progress import Report, ShouldStop
from core.training.contract import Config, option

if TYPE_CHECKING:
    from core.bias.audited import Audited


@dataclass(frozen=True)
class SentenceDebiasConfig(Config):
    """Settings of `sentence_debias`."""

    directions: int = option(1, title="Directions", help="How many are taken out.", minimum=1, maximum=50)
    rows: int = option(
        500, title="Training rows", minimum=0, maximum=20_000,
        help="At most so many rows that mention one side are added to the template sentences.",
    )  # fmt: skip
    seed: int = option(0, title="Seed", help="Draws the rows.", minimum=0, maximum=2**31, advanced=True)


def apply(
    audited: Audited, inputs: Inputs, settings: SentenceDebiasConfig, *, material: Material, out: Path,
    report: Report, should_stop: ShouldStop,
) -> Mitigated:  # fmt: skip
    """Estimate V where the linear layer reads, and fold I - V V^T into the layer."""
    from core.bias.debiasing.concept import concept
    from core.bias.debiasing.heads import projected
    from core.bias.debiasing.projection import subspace, without
    from core.bias.debiasing.readout import readout

    read = readout(audited.classifier.scorer)
    sentences = concept(inputs, material, settings.rows, settings.seed)
    vectors = read.vectors(sentences.texts, None, should_stop)
    half = len(sentences.first)
    basis, shares = subspace(vectors[:half], vectors[half:], settings.directions)
    facts = {"directions": int(basis.shape[1]), "explained": float(shares[: settings.directions].sum()),
             "sentences": half, "rows": sentences.rows}  # fmt: skip
    note = f"{basis.shape[1]} of {len(basis)} dimensions hold {facts['explained']:.0%} of what the swap changes."
    return projected(read, without(basis), vectors, sentences, facts, (note,))


MITIGATION = Mitigation(
    name="sentence_debias",
    title="SentenceDebias",
    summary="Takes the directions that a swap of words moves a sentence along out of what the classifier reads.",
    kinds=("fine_tuned",),
    config=SentenceDebiasConfig,
    apply=apply,
    source="Liang, Li, Zheng, Lim, Salakhutdinov and Morency 2020",
    says="The classifier no longer reads those directions. The BERT below it is the same as before.",
    criticisms=(
        HIDES,
        COSTS,
        Criticism("The directions are those of the sentences that it was given.", "Liang et al. 2020, section 3"),
    ),  # fmt: skip
    targets=(2,),
    attributes=None,
    aligned=True,
    order=20,
)
