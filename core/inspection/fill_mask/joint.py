"""Filling several masks together: each piece is chosen knowing those chosen before it.

Masks are not independent, and one pass of the model treats them so (Ghazvininejad et al. 2019 fill and mask again for
that reason). Here a beam of partial fillings grows by one mask a step. Which mask is next: the leftmost ("left to
right"), or for every filling its own most certain one ("best first"). A filling's score is the sum of
ln p(piece | text, pieces filled before). The conditionals of a masked-word model need not belong to one joint
distribution, so another order gives another sum: the order is told with the score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from core.errors import Stopped
from core.inspection.fill_mask.offers import Offer
from core.pretraining.proof.queries import Query, ask
from core.progress import Progress, Report, ShouldStop, never, silent

Order = Literal["best_first", "left_to_right"]
ORDERS: Mapping[Order, str] = {"best_first": "most certain mask first", "left_to_right": "left to right"}
BEAM = 5


@dataclass(frozen=True)
class Filling:
    """Ids of all masks from left to right, their log probabilities (nats) when each was filled, and in which order.

    order: numbers of the masks, the one that was filled first in front.
    """

    ids: tuple[int, ...]
    logs: tuple[float, ...]
    order: tuple[int, ...]

    @property
    def log_probability(self) -> float:
        """Their sum."""
        return float(sum(self.logs))


@dataclass(frozen=True)
class _Partial:
    filled: Mapping[int, tuple[int, float]]  # number of the mask -> id, log probability; in order of filling
    total: float


def fill_together(
    offer: Offer,
    ids: np.ndarray,
    positions: Sequence[int],
    *,
    order: Order = "best_first",
    beam: int = BEAM,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> tuple[Filling, ...]:
    """The best fillings of the masks at `positions` of ids (T,), at most `beam`, best first.

    `offer` says how many pieces are tried at a mask. A beam is no search of everything: a better filling may be missed.
    """
    partials = [_Partial({}, 0.0)]
    for step in range(len(positions)):
        if should_stop():
            raise Stopped
        report(Progress("filling masks together", step, len(positions)))
        partials = _grown(offer, ids, positions, partials, order, beam)
    return tuple(_filling(each) for each in partials)


def along(
    model: Any, ids: np.ndarray, positions: Sequence[int], chosen: Sequence[int], order: Sequence[int],
    *, should_stop: ShouldStop = never,
) -> Filling:  # fmt: skip
    """Score given pieces as `fill_together` does, the masks filled in the given order."""
    row, queries = ids.astype(np.int64), []
    for number in order:
        queries.append(Query(row.copy(), np.array([positions[number]]), np.array([chosen[number]])))
        row[positions[number]] = chosen[number]
    found = ask(model, queries, phase="scoring", report=silent, should_stop=should_stop).log_probability
    logs = {number: float(log) for number, log in zip(order, found, strict=True)}
    return Filling(tuple(chosen), tuple(logs[number] for number in range(len(positions))), tuple(order))


def _grown(
    offer: Offer, ids: np.ndarray, positions: Sequence[int], partials: list[_Partial], order: Order, beam: int
) -> list[_Partial]:
    """Every partial filling with one mask more, the best `beam` of them; equal ones once, by their better order."""
    opens = [[number for number in range(len(positions)) if number not in each.filled] for each in partials]
    if order == "left_to_right":
        opens = [numbers[:1] for numbers in opens]
    rows = [_row(ids, positions, each) for each in partials]
    tops = offer(rows, [[positions[number] for number in numbers] for numbers in opens])
    best: dict[tuple[tuple[int, int], ...], _Partial] = {}
    for each, numbers, top in zip(partials, opens, tops, strict=True):
        at = int(np.argmax(top.log_probability[:, 0]))
        for piece, log in zip(top.ids[at], top.log_probability[at], strict=True):
            more = _Partial({**each.filled, numbers[at]: (int(piece), float(log))}, each.total + float(log))
            key = tuple(sorted((number, piece) for number, (piece, _) in more.filled.items()))
            if key not in best or best[key].total < more.total:
                best[key] = more
    return sorted(best.values(), key=lambda each: -each.total)[:beam]


def _row(ids: np.ndarray, positions: Sequence[int], partial: _Partial) -> np.ndarray:
    row = ids.astype(np.int64)
    for number, (piece, _) in partial.filled.items():
        row[positions[number]] = piece
    return row


def _filling(partial: _Partial) -> Filling:
    numbers = sorted(partial.filled)
    return Filling(
        tuple(partial.filled[number][0] for number in numbers), tuple(partial.filled[number][1] for number in numbers),
        tuple(partial.filled),
    )  # fmt: skip
