"""CrowS-Pairs (Nangia et al. 2020): which of two nearly equal sentences a masked-word model finds more likely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.bias.criticisms import SENTENCES_FORETELL_LITTLE
from core.bias.found import Found
from core.bias.inputs import Inputs
from core.bias.masked import pair_scores, pair_tables, preferred, shared
from core.bias.masked.pair_scores import TITLES, Scores
from core.bias.masked.pairs import COLUMNS, pairs
from core.bias.masked.shared import Read
from core.bias.measure import Criticism, Measure
from core.progress import Report, ShouldStop
from core.training.contract import Config, option

if TYPE_CHECKING:
    from core.bias.audited import Audited


@dataclass(frozen=True)
class CrowsConfig(Config):
    """Settings of CrowS-Pairs."""

    rivals: bool = option(
        True, title="Other rules beside it",
        help="Score every pair also by the pieces that differ (bias-bench), by AUL and by AULA, which go under the "
        "same name or aim; costs more time.",
    )  # fmt: skip
    decimals: int = option(
        3, title="Decimals compared", minimum=1, maximum=12, advanced=True,
        help="Scores are rounded before they are compared; the published rule rounds to 3, so near equals are ties.",
    )  # fmt: skip


def compute(
    audited: Audited, inputs: Inputs, settings: CrowsConfig, *, report: Report, should_stop: ShouldStop
) -> Found:
    """Share of pairs with the more stereotyping sentence preferred, by kind, by direction and by rival rules."""
    model, mask = audited.masked, int(audited.tokenizer.mask_token_id)
    given, lost = pairs(inputs.table, inputs.name)
    read, cut = shared.read(audited.tokenizer, given)
    pair_tables.some(read, (*lost, *cut))
    scores = dict(pair_scores.masked_scores(
        model, mask, read, modified=settings.rivals, report=report, should_stop=should_stop
    ))  # fmt: skip
    if settings.rivals:
        scores |= pair_scores.unmasked_scores(model, read, report=report, should_stop=should_stop)
    return _found(read, scores, settings, pair_tables.left_out((*lost, *cut)))


def _found(read: Sequence[Read], scores: Scores, settings: CrowsConfig, lost: pd.DataFrame) -> Found:
    own = scores["crows"]
    whole = preferred.preferred(own, settings.decimals)
    headline = preferred.figure("preferred", "More stereotyping sentence preferred, %", whole)
    tables = {
        "By kind of bias": preferred.by([one.pair.bias_type for one in read], own, settings.decimals, "kind of bias"),
        "By direction": preferred.by([one.pair.direction for one in read], own, settings.decimals, "direction"),
        "Rules side by side": rules(scores, settings.decimals),
        "Left out": lost,
        "Pairs": pair_tables.pairs(read, scores, "crows", settings.decimals),
    }
    return Found(
        headline, _figures(read, scores, settings), {name: one for name, one in tables.items() if len(one)},
        f"{len(read)} sentence pairs, each shared piece masked by itself",
        pair_tables.notes(read, whole, len(lost)), offends=True,
    )  # fmt: skip


def _figures(read: Sequence[Read], scores: Scores, settings: CrowsConfig) -> tuple:  # type: ignore[type-arg]
    directions = np.array([one.pair.direction for one in read])
    found = []
    for direction, of in (("stereo", "Pairs that state a stereotype"), ("antistereo", "Pairs that go against one")):
        if (directions == direction).any():
            one = preferred.preferred(scores["crows"][directions == direction], settings.decimals)
            found.append(preferred.figure(direction, of, one))
    for rule in [rule for rule in scores if rule != "crows"]:
        one = preferred.preferred(scores[rule], settings.decimals if rule == "modified" else None)
        found.append(preferred.figure(rule, TITLES[rule], one, "Another rule for the same pairs."))
    return tuple(found)


def rules(scores: Scores, decimals: int) -> pd.DataFrame:
    """A row a rule: its share with interval, and on how many pairs its verdict is the reference rule's."""
    own = np.round(scores["crows"], decimals)
    verdict = own[:, 0] > own[:, 1]
    rows = []
    for rule, values in scores.items():
        rounded = np.round(values, decimals) if rule in ("crows", "modified") else values
        one = preferred.preferred(rounded)
        known = ~np.isnan(values).any(axis=1)
        same = float(((rounded[:, 0] > rounded[:, 1]) == verdict)[known].mean() * 100) if known.any() else None
        rows.append((TITLES[rule], one.pairs, one.share, one.low, one.high, one.ties, same))
    columns = ["rule", "pairs", "preferred, %", "low", "high", "ties", "same verdict as the first, %"]
    return pd.DataFrame(rows, columns=columns)


MEASURE = Measure(
    name="crows_pairs",
    title="CrowS-Pairs",
    summary="Which of two sentences that differ in a group or a trait the model finds more likely.",
    family="masked",
    needs="masked_head",
    config=CrowsConfig,
    compute=compute,
    source="Nangia, Vania, Bhalerao and Bowman 2020, EMNLP",
    says="In how many pairs the model gives the words that both sentences share a higher probability beside the more "
    "stereotyping choice. 50 % is neutral: neither 0 nor 100 is good.",
    criticisms=(
        Criticism(
            "It is unclear what many of the published pairs measure: some are ungrammatical, some name no stereotype, "
            "some change more than the group.",
            "Blodgett, Lopez, Olteanu, Sim and Wallach 2021; the data's own README agrees",
        ),
        Criticism(
            "It answers illogically on control pairs: negations and anti-stereotypes move it as stereotypes do.",
            "Pikuliak, Beňová and Bachratý 2023",
        ),
        Criticism(
            "Masking rule, number of pieces and letter case change the verdict; AUL and CrowS-Pairs rank models "
            "differently.",
            "Kaneko and Bollegala 2022",
        ),
        SENTENCES_FORETELL_LITTLE,
        Criticism(
            "The pairs are in English and about the United States; a value near 50 is not “unbiased”.",
            "the data statement of Nangia et al. 2020",
        ),
    ),  # fmt: skip
    neutral=50.0,
    upward="the more stereotyping sentence is preferred more often than not",
    downward="the less stereotyping sentence is preferred more often than not",
    swap="none",
    low=0.0,
    high=100.0,
    columns=COLUMNS,
    offends=True,
    order=60,
)
