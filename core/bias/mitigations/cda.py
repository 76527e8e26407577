"""Counterfactual data augmentation: the classifier is trained again on its rows and their swapped copies.

Source: Lu et al. 2018; Zmigrod et al. 2019; Webster et al. 2020 (two-sided: the original row stays). Same method,
parameters and base as before; validation and test rows are not changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.bias.counterfactual.pairs import Rules, Swapped, pairs
from core.bias.inputs import Inputs
from core.bias.measure import Criticism
from core.bias.mitigation import COSTS, Material, Mitigated, Mitigation
from core.errors import UserProblem
from core.progress import Progress, Report, ShouldStop
from core.training.contract import Config, option

if TYPE_CHECKING:
    from core.bias.audited import Audited
    from core.data.examples import Examples


@dataclass(frozen=True)
class CdaConfig(Config):
    """Settings of `cda`."""

    copies: int = option(
        1, title="Copies of a row", minimum=1, maximum=20, help="At most so many, drawn where there are more groups."
    )
    seed: int = option(0, title="Seed", help="Draws the copies; training keeps its own seed.", minimum=0,
                       maximum=2**31, advanced=True)  # fmt: skip


def apply(
    audited: Audited, inputs: Inputs, settings: CdaConfig, *, material: Material, out: Path, report: Report,
    should_stop: ShouldStop,
) -> Mitigated:  # fmt: skip
    """Swap, add, train again."""
    from core.training.methods import METHODS

    data, method = material.data, METHODS.get(material.method)
    if data is None or inputs.words is None or method is None or (method.needs_base and material.base is None):
        raise UserProblem(
            f"How {audited.spec} was trained is not known, or what it was trained from is gone.",
            "Training again needs rows, method and base model.", "Choose a classifier that was trained here.",
        )  # fmt: skip
    report(Progress("Swapping the train rows"))
    made = pairs(data.train.texts, data.train.pairs, inputs.words, Rules(most=settings.copies, seed=settings.seed))
    copies = _first_readings(made.swaps)
    if not copies:
        raise UserProblem("No train row mentions one of the words.", "", "Choose other word sets.")
    tuned = method.fine_tune(
        replace(data, train=with_copies(data.train, copies)), method.config.from_json(material.parameters),
        base=material.base, checkpoints=material.checkpoints or out, report=report, should_stop=should_stop,
        vectors=material.vectors,
    )  # fmt: skip
    rows = len({one.row for one in copies})
    facts = {"rows": len(data.train), "mention": rows, "copies": len(copies)}
    notes = (
        f"{rows:,} of {len(data.train):,} train rows mention the words; {len(copies):,} swapped copies were added.",
        "Trained from the base model again; what an earlier mitigation did to the head is not in it.",
    )
    return Mitigated(facts, notes, None, tuned)


def with_copies(train: Examples, copies: list[Swapped]) -> Examples:
    """The rows with their swapped copies behind them; a copy has its row's target and id."""
    rows = np.array([one.row for one in copies], dtype=np.int64)
    seconds = None if train.pairs is None else (*train.pairs, *(one.changed[1] or "" for one in copies))
    return replace(
        train, texts=(*train.texts, *(one.changed[0] for one in copies)), pairs=seconds,
        targets=np.concatenate([train.targets, train.targets[rows]]),
        row_ids=np.concatenate([train.row_ids, train.row_ids[rows]]),
    )  # fmt: skip


def _first_readings(swaps: list[Swapped]) -> list[Swapped]:
    """One copy a swap: where a pronoun can be read in two ways, the first."""
    return list({one.swap: one for one in reversed(swaps)}.values())[::-1]


MITIGATION = Mitigation(
    name="cda",
    title="Counterfactual data augmentation",
    summary="Trains the classifier again on its rows and the same rows about the other groups, with the same labels.",
    kinds=("fine_tuned",),
    config=CdaConfig,
    apply=apply,
    source="Lu, Mardziel, Wu, Amancharla and Datta 2018; Zmigrod, Mielke, Wallach and Cotterell 2019",
    says="In training every group stood with every label equally often, as far as the words reach.",
    criticisms=(
        COSTS,
        Criticism("Names need lists of their own; swapping pronouns leaves them.", "Hall Maudslay et al. 2019"),
        Criticism("A swapped text can mean something else, and then its label is wrong.", "Garg et al. 2019"),
    ),
    targets=None,
    attributes=None,
    needs_rows=True,
    retrains=True,
    order=40,
)
