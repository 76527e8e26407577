"""CKA by hand, what it does not see (rotation, scale, shift), and its chance level."""

from __future__ import annotations

import numpy as np
import pytest

from core.inspection.before_after.cka import chance, cka_matrix, grams, left_out, linear_cka
from core.inspection.before_after.doubt import grouped


def made(rows: int, width: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(rows, width))


def test_a_small_value_by_hand() -> None:
    """X' = (-1, 0, 1), Y' = (1, -2, 1) after centring give X.Y = 0; (-1, 0, 1) and (-1, -1, 2) give 9 / (2 * 6)."""
    first = np.array([[0.0], [1.0], [2.0]])
    assert linear_cka(first, np.array([[1.0], [-2.0], [1.0]])) == pytest.approx(0)
    assert linear_cka(first, np.array([[0.0], [0.0], [3.0]])) == pytest.approx(0.75)


def test_two_dimensions_by_hand() -> None:
    """X = the corners (1,0), (0,1), (-1,-1): X'X = [[2,1],[1,2]], norm sqrt(10). Y = its first column: Y'Y = 2,
    Y'X = (2,1), squared norm 5. CKA = 5 / (2 sqrt(10))."""
    first = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]])
    assert linear_cka(first, first[:, :1]) == pytest.approx(5 / (2 * np.sqrt(10)))


@pytest.mark.parametrize("seed", range(5))
def test_rotation_scale_and_shift_of_the_origin_change_nothing(seed: int) -> None:
    first, second = made(30, 8, seed), made(30, 5, seed + 100)
    turn = np.linalg.qr(made(8, 8, seed + 200))[0]
    assert linear_cka(first, first) == pytest.approx(1, abs=1e-12)
    assert linear_cka(first @ turn * 7 + 3, first) == pytest.approx(1, abs=1e-12)
    assert linear_cka(first @ turn * 0.1 - 2, second) == pytest.approx(linear_cka(first, second), abs=1e-12)
    assert linear_cka(first, second) == pytest.approx(linear_cka(second, first), abs=1e-12)
    assert linear_cka(first * np.arange(1, 9), first) < 0.999  # it does see a stretch of single axes


def test_what_never_varies_has_no_cka() -> None:
    assert np.isnan(linear_cka(np.ones((5, 3)), made(5, 3, 0)))


def test_the_matrix_holds_every_pair_of_layers() -> None:
    first, second = made(20, 12, 0).reshape(20, 3, 4), made(20, 10, 1).reshape(20, 2, 5)
    found = cka_matrix(grams(first), grams(second))
    assert found.shape == (3, 2)
    assert found[2, 1] == pytest.approx(linear_cka(first[:, 2], second[:, 1]))


def test_unrelated_spaces_are_alike_by_chance_where_words_are_few() -> None:
    few, many = ((made(n, 50, 0)[:, None], made(n, 50, 1)[:, None]) for n in (10, 500))
    levels = [chance(grams(a), grams(b))[0] for a, b in (few, many)]
    assert levels[0] > 0.6 and levels[1] < 0.15
    assert chance(grams(many[0]), grams(many[0]))[0] < 0.15  # shuffled, even a space and itself
    assert levels[0] == pytest.approx(linear_cka(few[0][:, 0], few[1][:, 0]), abs=0.1)


def test_leaving_a_group_out_equals_computing_it_anew() -> None:
    first, second, rows = made(25, 6, 0), made(25, 4, 1), np.repeat(np.arange(5), 5)
    member = grouped(rows)
    found = left_out(grams(first[:, None])[0], grams(second[:, None])[0], member)
    for group in range(5):
        keep = rows != group
        assert found[group] == pytest.approx(linear_cka(first[keep], second[keep]), abs=1e-10)
