"""Agreement of two methods, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from core.inspection.attribution.agreement import agreement, agreements, rank_correlation, top_count
from core.inspection.attribution.result import Attribution, Unit


def scored(method: str, *scores: float, signed: bool = True) -> Attribution:
    units = tuple(Unit(letter, 0, place, place + 1) for place, letter in enumerate("abcdefgh"[: len(scores)]))
    return Attribution(method, "good", None, "word", ("abcdefgh",), (8,), units, np.array(scores), signed, 1.0, 0.7)


def test_by_hand() -> None:
    """Ranks 1 2 3 4 against 1 2 4 3: rho = 1 - 6 * 2 / (4 * 15) = 0.8; the top two of both are the same two words."""
    found = agreement(scored("one", 1, 2, 3, 4), scored("two", 10, 20, 40, 30))
    assert found.rank == pytest.approx(0.8)
    assert (found.shared, found.top, found.signed) == (2, 2, True)


def test_opposite_orders_share_nothing() -> None:
    found = agreement(scored("one", 1, 2, 3, 4), scored("two", 4, 3, 2, 1))
    assert (found.rank, found.shared) == (pytest.approx(-1), 0)


def test_against_a_method_without_sign_sizes_are_compared() -> None:
    found = agreement(scored("one", -4, 1, 2, 3), scored("two", 4, 1, 2, 3, signed=False))
    assert (found.rank, found.signed) == (pytest.approx(1), False)


@pytest.mark.parametrize("scores", [(1.0,), (1.0, 2.0), (1.0, 1.0, 1.0)])
def test_where_no_rank_correlation_exists_none_is_given(scores: tuple[float, ...]) -> None:
    assert rank_correlation(np.array(scores), np.arange(len(scores), dtype=float)) is None


def test_every_pair_once() -> None:
    three = [scored(name, 1, 2, 3) for name in ("a", "b", "c")]
    assert [(one.first, one.second) for one in agreements(three)] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_other_units_are_refused() -> None:
    with pytest.raises(ValueError, match="different units"):
        agreement(scored("one", 1, 2), scored("two", 1, 2, 3))


def test_the_top_is_five_or_half_of_a_short_text() -> None:
    assert [top_count(units) for units in (1, 3, 4, 9, 10, 100)] == [1, 1, 2, 4, 5, 5]
