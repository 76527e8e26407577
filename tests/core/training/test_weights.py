"""How much rare classes count."""

from __future__ import annotations

import numpy as np
import pytest

from core.training.weights import cell_weights, class_weights, positive_weights


def test_by_hand() -> None:
    """8 and 2 of 10 rows: sqrt(10 / (2 * 8)), sqrt(10 / (2 * 2)); a class without rows weighs 1."""
    targets = np.array([0] * 8 + [1] * 2)
    assert class_weights(targets, 3) == pytest.approx([np.sqrt(10 / 16), np.sqrt(10 / 4), 1.0])
    assert cell_weights(targets, 3)[-1, 0] == pytest.approx(np.sqrt(2.5))


def test_a_rare_yes_counts_more_but_not_without_end() -> None:
    several = np.zeros((1000, 2), np.float32)
    several[0, 0] = 1
    several[:500, 1] = 1
    assert positive_weights(several) == pytest.approx([10.0, 1.0])
    assert cell_weights(several, 2)[0].tolist() == pytest.approx([10.0, 1.0])
