from __future__ import annotations

import pytest
from scipy.stats import binomtest

from core.errors import UserProblem
from core.evaluation.wilson import wilson


@pytest.mark.parametrize(("hits", "n"), [(0, 5), (5, 5), (3, 10), (260, 500)])
def test_it_is_scipys(hits: int, n: int) -> None:
    theirs = binomtest(hits, n).proportion_ci(method="wilson")
    ours = wilson(hits, n)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high))


def test_by_hand() -> None:
    """n = 1, one hit: z^2 = 3.8415; the lower bound is 1 / (1 + z^2)."""
    assert wilson(1, 1).low == pytest.approx(1 / (1 + 1.959964**2), abs=1e-6)


def test_nothing_to_count() -> None:
    with pytest.raises(UserProblem, match="nothing to count"):
        wilson(0, 0)
