"""Whether an attribute can be found again: separable, noise, too few, and families that stay together."""

from __future__ import annotations

import numpy as np
import pytest

from core.bias.recoverability import recovered

SIDES = np.arange(60) % 2 == 1


def test_two_heaps_are_found() -> None:
    rows = np.where(SIDES[:, None], 5.0, -5.0) + np.random.default_rng(0).normal(size=(60, 3))
    found = recovered(rows, SIDES)
    assert (found.accuracy, found.clusters, found.majority, found.n) == (1.0, 1.0, 0.5, 60)


def test_noise_is_not_found() -> None:
    found = recovered(np.random.default_rng(0).normal(size=(60, 3)), SIDES)
    assert found.accuracy is not None and found.accuracy < 0.75


def test_families_are_not_split_over_folds() -> None:
    """Each family has one vector for both of its sides: a probe that saw the family could still not tell them."""
    rows = np.repeat(np.random.default_rng(0).normal(size=(30, 40)), 2, axis=0)
    found = recovered(rows, SIDES, families=np.repeat(np.arange(30), 2))
    assert found.accuracy == pytest.approx(0.5)


def test_too_few_to_say() -> None:
    found = recovered(np.zeros((12, 2)), np.arange(12) < 4)
    assert found.accuracy is None and "10" in found.note and found.majority == pytest.approx(8 / 12)
