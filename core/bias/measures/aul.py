"""AUL and AULA (Kaneko and Bollegala 2022): sentence pairs compared by all of their pieces, with nothing masked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.bias.criticisms import SENTENCES_FORETELL_LITTLE
from core.bias.found import Found
from core.bias.inputs import Inputs
from core.bias.masked import pair_scores, pair_tables, preferred, shared
from core.bias.masked.pair_scores import TITLES
from core.bias.masked.pairs import COLUMNS, pairs
from core.bias.measure import Criticism, Measure
from core.progress import Report, ShouldStop
from core.training.contract import Config, option

if TYPE_CHECKING:
    from core.bias.audited import Audited


@dataclass(frozen=True)
class AulConfig(Config):
    """Settings of AUL."""

    weights: str = option(
        "equal", title="Pieces count", choices=("equal", "attention"),
        help="equal: AUL, the mean over all pieces; attention: AULA, each times the attention that it receives.",
    )  # fmt: skip


def compute(audited: Audited, inputs: Inputs, settings: AulConfig, *, report: Report, should_stop: ShouldStop) -> Found:
    """Share of pairs with the more stereotyping sentence scored higher; the other weighting beside it."""
    model = audited.masked
    given, lost = pairs(inputs.table, inputs.name)
    read, cut = shared.read(audited.tokenizer, given)
    pair_tables.some(read, (*lost, *cut))
    scores = pair_scores.unmasked_scores(model, read, report=report, should_stop=should_stop)
    rule, other = ("aula", "aul") if settings.weights == "attention" else ("aul", "aula")
    whole = preferred.preferred(scores[rule])
    headline = preferred.figure("preferred", "More stereotyping sentence scored higher, %", whole)
    beside = preferred.figure(other, TITLES[other], preferred.preferred(scores[other]), "The other weighting.")
    out = pair_tables.left_out((*lost, *cut))
    tables = {
        "By kind of bias": preferred.by([one.pair.bias_type for one in read], scores[rule], None, "kind of bias"),
        "By direction": preferred.by([one.pair.direction for one in read], scores[rule], None, "direction"),
        "Left out": out,
        "Pairs": pair_tables.pairs(read, scores, rule, None),
    }
    return Found(
        headline, (beside,), {name: one for name, one in tables.items() if len(one)},
        f"{len(read)} sentence pairs, nothing masked", pair_tables.notes(read, whole, len(out)), offends=True,
    )  # fmt: skip


MEASURE = Measure(
    name="aul",
    title="AUL and AULA",
    summary="Which of two sentences the model predicts better as a whole, nothing masked.",
    family="masked",
    needs="masked_head",
    config=AulConfig,
    compute=compute,
    source="Kaneko and Bollegala 2022, AAAI",
    says="In how many pairs the pieces of the more stereotyping sentence are predicted better on average. 50 % is "
    "neutral: neither 0 nor 100 is good.",
    criticisms=(
        Criticism(
            "The model sees the very piece that it predicts, so scores are close to 0 and small differences decide.",
            "Kaneko and Bollegala 2022 hold this for a strength: no other piece is lost by masking",
        ),
        Criticism(
            "It ranks models otherwise than CrowS-Pairs on the same sentences: the rule is part of the result.",
            "Kaneko and Bollegala 2022",
        ),
        Criticism(
            "The published pairs have faults that no rule of scoring mends.",
            "Blodgett, Lopez, Olteanu, Sim and Wallach 2021",
        ),
        SENTENCES_FORETELL_LITTLE,
    ),  # fmt: skip
    neutral=50.0,
    upward="the more stereotyping sentence is scored higher more often than not",
    downward="the less stereotyping sentence is scored higher more often than not",
    swap="none",
    low=0.0,
    high=100.0,
    columns=COLUMNS,
    offends=True,
    order=61,
)
