"""Masks: how many, where never, what becomes of them, whole words, and the same again from a seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserProblem
from core.pretraining.masking import IGNORED, KEPT, MASKED, RANDOM, UNCHOSEN, Masking, budget, mask
from core.pretraining.piece_kinds import PieceKinds

PAD, CLS, SEP, MASK, FIRST, V = 0, 2, 3, 4, 5, 1000
CONTINUES = np.arange(V) >= 700  # ids from 700 on are ## pieces
KINDS = PieceKinds(CLS, SEP, PAD, MASK, np.arange(FIRST, V), CONTINUES)
BODY = st.lists(st.integers(FIRST, V - 1), min_size=1, max_size=40)


def laid(*bodies: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Sequences [CLS] body [SEP] one behind the other, and where they start."""
    rows = [[CLS, *body, SEP] for body in bodies]
    starts = np.cumsum([0, *map(len, rows)])
    return np.array([piece for row in rows for piece in row], dtype=np.int32), starts


def masked(bodies: list[list[int]], seed: int = 0, **changes: Any) -> tuple[np.ndarray, np.ndarray, Any]:
    ids, starts = laid(*bodies)
    return ids, starts, mask(ids, starts, KINDS, Masking(**changes), np.random.default_rng(seed))


@pytest.mark.parametrize(
    ("length", "chosen"), [(3, 1), (4, 1), (10, 2), (16, 2), (17, 3), (30, 4), (50, 8), (128, 19), (512, 77)]
)
def test_a_rounded_share_of_all_pieces_is_chosen(length: int, chosen: int) -> None:
    """round(0.15 * T) by Python's own rounding, as in the reference."""
    assert chosen == max(1, round(length * 0.15)) == budget(np.array([length]), Masking())[0]
    _, _, found = masked([list(range(FIRST, FIRST + length - 2))])
    assert (found.labels != IGNORED).sum() == chosen


def test_the_cap_of_the_reference_is_an_option() -> None:
    _, _, found = masked([list(range(FIRST, FIRST + 510))], cap=20)
    assert (found.labels != IGNORED).sum() == 20


def test_never_more_than_there_are_words() -> None:
    ids, _, found = masked([[9], [9, 10]], share=0.9)
    assert (found.labels != IGNORED).tolist() == [False, True, False, False, True, True, False]
    assert found.labels[found.labels != IGNORED].tolist() == [9, 9, 10] and ids[1] == 9


def test_eighty_ten_ten_within_four_standard_deviations() -> None:
    body = list(np.random.default_rng(1).integers(FIRST, V, 126))
    _, _, found = masked([body] * 4000)
    chosen = found.labels != IGNORED
    assert (n := int(chosen.sum())) == 4000 * 19
    for fate, share in ((MASKED, 0.8), (RANDOM, 0.1), (KEPT, 0.1)):
        assert abs((found.fates == fate).sum() - n * share) < 4 * (n * share * (1 - share)) ** 0.5
    per_position = chosen.reshape(4000, 128)[:, 1:-1].sum(axis=0)
    expected = 4000 * 19 / 126
    assert (np.abs(per_position - expected) < 5 * expected**0.5).all()


def test_random_pieces_are_ordinary_and_all_alike() -> None:
    _, _, found = masked([list(range(FIRST, FIRST + 126))] * 4000, mask_share=0.0, random_share=1.0)
    drawn = found.ids[found.fates == RANDOM]
    counts = np.bincount(drawn, minlength=V)
    assert counts[:FIRST].sum() == 0 and (counts[FIRST:] > 0).all()
    expected = len(drawn) / (V - FIRST)
    assert ((counts[FIRST:] - expected) ** 2 / expected).sum() < (V - FIRST) + 5 * (2 * V) ** 0.5


@given(st.lists(BODY, min_size=1, max_size=6), st.booleans(), st.integers(0, 999), st.sampled_from([None, 1, 3]))
def test_what_holds_for_every_mask(bodies: Any, whole_words: bool, seed: int, cap: int | None) -> None:
    ids, starts, found = masked(bodies, seed, whole_words=whole_words, cap=cap)
    again = masked(bodies, seed, whole_words=whole_words, cap=cap)[2]
    assert all(np.array_equal(getattr(found, name), getattr(again, name)) for name in ("ids", "labels", "fates"))
    chosen = found.labels != IGNORED
    assert np.array_equal(chosen, found.fates != UNCHOSEN)
    assert not chosen[np.isin(ids, (CLS, SEP, PAD))].any()
    assert (found.labels[chosen] == ids[chosen]).all() and (found.ids[~chosen] == ids[~chosen]).all()
    assert (found.ids[found.fates == MASKED] == MASK).all()
    assert np.array_equal(found.ids[found.fates == KEPT], ids[found.fates == KEPT])
    counts = np.add.reduceat(chosen, starts[:-1])
    wanted = budget(np.diff(starts), Masking(cap=cap))
    assert (counts >= 1).all()
    if not whole_words:
        assert np.array_equal(counts, np.minimum(wanted, np.diff(starts) - 2))


@given(st.lists(BODY, min_size=1, max_size=6), st.integers(0, 999))
def test_whole_words_are_never_half_chosen(bodies: Any, seed: int) -> None:
    ids, starts, found = masked(bodies, seed, whole_words=True)
    chosen = found.labels != IGNORED
    goes_on = CONTINUES[ids[1:]] & (ids[:-1] != CLS)
    assert (chosen[1:][goes_on] == chosen[:-1][goes_on]).all()
    wanted = budget(np.diff(starts), Masking())
    for row, (start, end) in enumerate(zip(starts[:-1], starts[1:], strict=True)):
        if chosen[start:end].sum() > wanted[row]:  # then nothing fits, and the shortest word is taken
            sizes = word_sizes(ids[start + 1 : end - 1])
            assert chosen[start:end].sum() == min(sizes) > wanted[row]


def word_sizes(body: np.ndarray) -> list[int]:
    sizes: list[int] = []
    for piece in body:
        if CONTINUES[piece] and sizes:
            sizes[-1] += 1
        else:
            sizes.append(1)
    return sizes


def test_whole_words_take_each_that_still_fits() -> None:
    # 20 pieces: 3 are chosen. Words of 4, 2 and 1 pieces: never the one of 4, always as many as fit.
    body = [10, 700, 701, 702, 11, 703, *range(20, 32)]
    seen = set()
    for seed in range(300):
        ids, _, found = masked([body], seed, whole_words=True)
        seen.add(tuple(ids[found.labels != IGNORED].tolist()))
        assert len(ids) == 20 and (found.labels != IGNORED).sum() == 3
    assert not any(10 in each or 700 in each for each in seen) and any(11 in each and 703 in each for each in seen)


def test_a_piece_that_goes_on_behind_a_special_piece_is_a_word_of_its_own() -> None:
    ids = np.array([CLS, 10, 700, SEP, 701, 11, SEP], dtype=np.int32)
    both = set()
    for seed in range(50):
        found = mask(ids, np.array([0, 7]), KINDS, Masking(whole_words=True), np.random.default_rng(seed))
        both.add(tuple(np.flatnonzero(found.labels != IGNORED).tolist()))
    assert both == {(4,), (5,)}  # one of 7 pieces: the word of two never fits


def test_nothing_to_mask_is_nothing() -> None:
    for whole_words in (False, True):
        found = mask(np.zeros(0, np.int32), np.zeros(1, np.int64), KINDS, Masking(whole_words=whole_words),
                     np.random.default_rng(0))  # fmt: skip
        assert len(found.ids) == len(found.labels) == 0


@pytest.mark.parametrize("wrong", [{"share": 0.0}, {"share": 1.0}, {"cap": 0}, {"mask_share": 0.95}])
def test_shares_that_make_no_sense_are_told(wrong: Any) -> None:
    with pytest.raises(UserProblem, match="wanted|at most"):
        Masking(**wrong)
