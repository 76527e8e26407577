"""A text with masks, filled: every mask by itself, and all of them together beside that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.inspection.fill_mask.joint import BEAM, Filling, Order, along, fill_together
from core.inspection.fill_mask.masked_text import MaskedText, filled, read_masked
from core.inspection.fill_mask.offers import offered, offers
from core.inspection.subject import Subject
from core.progress import Report, ShouldStop, never, silent

TOP = 10


@dataclass(frozen=True)
class Guess:
    """A piece with its probability, and the text with it in place of this mask alone."""

    piece: str
    id: int
    probability: float


@dataclass(frozen=True)
class Together:
    """Pieces for all masks, the filled text, ln p (nats) filled one after another in `order`, and of each by itself.

    `order` counts masks from 1, the first filled in front; `apart` is the sum of ln p with all masks still there.
    """

    pieces: tuple[str, ...]
    text: str
    log_probability: float
    order: tuple[int, ...]


@dataclass(frozen=True)
class Answered:
    """`masks[i]` are the guesses for mask i by itself; `hidden[i]` is the probability of pieces that are not offered.

    `together` are fillings of several masks, best first; `apart` is the best guess of every mask by itself, scored in
    the order of the best filling. Both are empty for one mask.
    """

    read: MaskedText
    masks: tuple[tuple[Guess, ...], ...]
    hidden: tuple[float, ...]
    together: tuple[Together, ...]
    apart: Together | None

    @property
    def differs(self) -> bool:
        """Whether the masks filled together get other pieces than each by itself."""
        return self.apart is not None and self.apart.pieces != self.together[0].pieces


def fill(
    model: Any,
    subject: Subject,
    text: str,
    *,
    top: int = TOP,
    order: Order = "best_first",
    beam: int = BEAM,
    continuations: bool = True,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> Answered:
    """Fill the masks of a text; UserProblem where there is none, or too many, or they stand too far apart.

    model: of core.inspection.fill_mask.head. `continuations`: also offer ## pieces.
    """
    read = read_masked(subject, text)
    ids, positions = read.read.ids, read.positions
    may = offered(subject.tokenizer, subject.facts["vocabulary"], continuations=continuations)
    tops = offers(model, may, top, should_stop=should_stop)([ids], [positions])[0]
    names = subject.tokenizer.convert_ids_to_tokens
    masks = tuple(
        tuple(Guess(names(int(i)), int(i), float(np.exp(log))) for i, log in zip(row, logs, strict=True))
        for row, logs in zip(tops.ids, tops.log_probability, strict=True)
    )
    hidden = tuple(float(share) for share in tops.hidden)
    if len(positions) == 1:
        return Answered(read, masks, hidden, (), None)
    search = offers(model, may, beam, should_stop=should_stop)
    found = fill_together(
        search, ids, positions, order=order, beam=beam, report=report, should_stop=should_stop
    )  # fmt: skip
    best = [guesses[0].id for guesses in masks]
    apart = along(model, ids, positions, best, found[0].order, should_stop=should_stop)
    told = [_together(subject, read, each) for each in (*found, apart)]
    return Answered(read, masks, hidden, tuple(told[:-1]), told[-1])


def _together(subject: Subject, read: MaskedText, filling: Filling) -> Together:
    pieces = tuple(subject.tokenizer.convert_ids_to_tokens(list(filling.ids)))
    order = tuple(number + 1 for number in filling.order)
    return Together(pieces, filled(subject.tokenizer, read, pieces), filling.log_probability, order)
