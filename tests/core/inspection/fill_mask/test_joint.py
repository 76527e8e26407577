"""Joint filling, with scorers made by hand: two masks at positions 1 and 2, pieces 10 and upward."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import torch

from core.errors import Stopped
from core.inspection.fill_mask.joint import along, fill_together
from core.inspection.fill_mask.offers import Tops
from tests.core.pretraining.proof.fakes import Fake

MASK, A, B, C, D = 4, 10, 11, 12, 13
IDS = np.array([2, MASK, MASK, 3])
FIRST = {A: 0.5, B: 0.4, C: 0.06, D: 0.04}  # of position 1, the other masked
SECOND = {C: 0.40, D: 0.35, A: 0.15, B: 0.10}  # of position 2, the other masked
AFTER = {A: {C: 0.30, D: 0.28, A: 0.22, B: 0.20}, B: {D: 0.90, C: 0.05, A: 0.03, B: 0.02}}  # of 2, when 1 is known
SO_BEFORE = {C: {A: 0.6, B: 0.2, C: 0.1, D: 0.1}, D: {B: 0.9, A: 0.05, C: 0.03, D: 0.02}}  # of 1, when 2 is known


def probabilities(row: Sequence[int], place: int) -> dict[int, float]:
    other = row[3 - place]
    if place == 1:
        return FIRST if other == MASK else SO_BEFORE.get(other, FIRST)
    return SECOND if other == MASK else AFTER.get(other, SECOND)


def offer(rows: Sequence[np.ndarray], positions: Sequence[Sequence[int]]) -> list[Tops]:
    found = []
    for row, places in zip(rows, positions, strict=True):
        tables = [sorted(probabilities(row.tolist(), place).items(), key=lambda item: -item[1]) for place in places]
        ids = np.array([[piece for piece, _ in table] for table in tables])
        logs = np.log([[value for _, value in table] for table in tables])
        found.append(Tops(ids, logs, np.zeros(len(places))))
    return found


def test_the_best_pair_is_not_the_pair_of_the_two_bests() -> None:
    best = fill_together(offer, IDS, [1, 2], order="left_to_right", beam=4)[0]
    assert best.ids == (B, D)  # .4 * .9 = .36; the bests by themselves are A and C, .5 * .3 = .15
    assert np.exp(best.log_probability) == pytest.approx(0.36)
    assert best.order == (0, 1)


def test_a_beam_of_one_is_greedy_and_misses_it() -> None:
    greedy = fill_together(offer, IDS, [1, 2], order="left_to_right", beam=1)
    assert [each.ids for each in greedy] == [(A, C)]
    assert np.exp(greedy[0].log_probability) == pytest.approx(0.15)


def test_the_most_certain_mask_is_filled_first() -> None:
    sure = fill_together(offer, IDS, [1, 2], order="best_first", beam=4)
    assert sure[0].order == (0, 1)  # .5 at position 1 beats .4 at position 2
    swapped = {1: 2, 2: 1}

    def mirrored(rows: Sequence[np.ndarray], positions: Sequence[Sequence[int]]) -> list[Tops]:
        return offer(
            [row[[0, 2, 1, 3]] for row in rows], [[swapped[place] for place in places] for places in positions]
        )

    best = fill_together(mirrored, IDS, [1, 2], order="best_first", beam=4)[0]
    assert best.ids == (D, B) and best.order == (1, 0)


def test_fillings_come_best_first_without_repeats_and_no_more_than_the_beam() -> None:
    found = fill_together(offer, IDS, [1, 2], beam=3)
    assert len(found) == 3 == len({each.ids for each in found})
    totals = [each.log_probability for each in found]
    assert totals == sorted(totals, reverse=True)


def test_a_full_beam_is_a_search_of_everything() -> None:
    everything = {
        (a, b): FIRST[a] * probabilities([2, a, MASK, 3], 2)[b] for a in (A, B, C, D) for b in (A, B, C, D)
    }  # fmt: skip
    found = fill_together(offer, IDS, [1, 2], order="left_to_right", beam=16)
    assert {each.ids: pytest.approx(np.exp(each.log_probability)) for each in found} == everything


def test_given_pieces_are_scored_along_an_order() -> None:
    def logits(row: list[int], place: int) -> torch.Tensor:
        out = torch.full((20,), -1e4)
        if place in (1, 2):
            for piece, value in probabilities(row, place).items():
                out[piece] = float(np.log(value))
        return out

    model = Fake(logits)
    assert np.exp(along(model, IDS, [1, 2], [A, C], [0, 1]).log_probability) == pytest.approx(0.5 * 0.3)
    backwards = along(model, IDS, [1, 2], [A, C], [1, 0])
    assert np.exp(backwards.logs) == pytest.approx([0.6, 0.4]) and backwards.order == (1, 0)


def test_it_stops_when_asked() -> None:
    with pytest.raises(Stopped):
        fill_together(offer, IDS, [1, 2], should_stop=lambda: "discard")
