"""Hard debiasing by hand: the direction of two pairs, what is left of a word, and a pair made equal."""

from __future__ import annotations

import numpy as np
import pytest

from core.bias.debiasing import direction as maths


def test_the_direction_of_two_pairs() -> None:
    """Pairs differ by (2, 0) and (4, 0): centred rows (±1, 0), (±2, 0); v = (1, 0), to the side of the first words."""
    v, shares = maths.direction(np.array([[1.0, 3.0], [2.0, 5.0]]), np.array([[-1.0, 3.0], [-2.0, 5.0]]))
    assert v == pytest.approx([1.0, 0.0]) and shares == pytest.approx([1.0, 0.0])
    turned, _ = maths.direction(np.array([[-1.0, 3.0]]), np.array([[1.0, 3.0]]))
    assert turned == pytest.approx([-1.0, 0.0])


def test_the_share_that_one_direction_holds() -> None:
    """Centred rows (±1, 0) and (0, ±0.5): variances 2 and 0.5."""
    _, shares = maths.direction(np.array([[1.0, 0.0], [0.0, 0.5]]), np.array([[-1.0, 0.0], [0.0, -0.5]]))
    assert shares == pytest.approx([0.8, 0.2])


def test_pairs_of_equal_vectors_have_no_direction() -> None:
    with pytest.raises(ValueError, match="no pair differs"):
        maths.direction(np.ones((2, 3)), np.ones((2, 3)))


def test_a_neutralised_word_has_no_part_along_the_direction() -> None:
    v = np.array([1.0, 0.0])
    rows = np.array([[0.6, 0.8], [5.0, 0.0], [0.0, 2.0]])
    assert maths.neutralised(rows, v, unit=False) == pytest.approx(np.array([[0, 0.8], [0, 0], [0, 2]]))
    assert maths.neutralised(rows, v, unit=True) == pytest.approx(np.array([[0, 1], [0, 0], [0, 1]]))


def test_an_equalised_pair() -> None:
    """mu = (0.2, 0.8), nu = (0, 0.8), so the two become (±0.6, 0.8): of length 1, equally far from (0, 1)."""
    found = maths.equalised(np.array([1.0, 0.8]), np.array([-0.6, 0.8]), np.array([1.0, 0.0]))
    assert found is not None
    assert found[0] == pytest.approx([0.6, 0.8]) and found[1] == pytest.approx([-0.6, 0.8])


def test_equalising_keeps_the_sides_and_is_invariant_to_neutral_words() -> None:
    chance = np.random.default_rng(3)
    first, second = maths.units(chance.normal(size=(2, 6)))
    v = maths.units(chance.normal(size=6))
    found = maths.equalised(first, second, v)
    assert found is not None
    neutral = maths.neutralised(chance.normal(size=(4, 6)), v, unit=True)
    assert neutral @ found[0] == pytest.approx(neutral @ found[1])
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1])
    assert np.sign((found[0] - found[1]) @ v) == np.sign((first - second) @ v)


def test_a_pair_that_cannot_be_equal_is_left() -> None:
    v = np.array([1.0, 0.0])
    assert maths.equalised(np.array([0.0, 2.0]), np.array([0.1, 2.0]), v) is None  # |nu| > 1
    assert maths.equalised(np.array([0.5, 0.5]), np.array([0.5, 0.3]), v) is None  # no difference along v
