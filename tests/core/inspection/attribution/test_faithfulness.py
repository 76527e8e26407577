"""Comprehensiveness and sufficiency on a function made by hand, then on a classifier."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from core.errors import Stopped
from core.inspection.attribution import attribute_sight, look
from core.inspection.attribution.faithfulness import check, count, measure
from tests.core.inspection.attribution.conftest import TEXT

SHARE = np.array([0.0, 0.4, 0.1, 0.0, 0.0, 0.0, 0.2, 0.0, 0.0, 0.1])  # what each of ten words adds to p


def probability(dropped: Sequence[frozenset[int]]) -> np.ndarray:
    return np.array([0.2 + SHARE.sum() - sum(SHARE[number] for number in units) for units in dropped])


def test_by_hand() -> None:
    """Best order: 1, 6, 2, 9 first. Without 1, 2, 5 of them 0.4, 0.6, 0.8 are lost; with them alone 0.4, 0.2, 0."""
    found = measure(probability, {"best": np.argsort(-SHARE, kind="stable"), "worst": np.argsort(SHARE, kind="stable")})
    assert found["best"].comprehensiveness == pytest.approx((0.4 + 0.6 + 0.8) / 3)
    assert found["best"].sufficiency == pytest.approx((0.4 + 0.2 + 0.0) / 3)
    assert found["worst"].comprehensiveness == pytest.approx(0)
    assert found["worst"].sufficiency == pytest.approx(0.8)


def test_shares_are_rounded_up_and_at_least_one_word() -> None:
    assert [count(10, share) for share in (0.1, 0.2, 0.5)] == [1, 2, 5]
    assert [count(70, share) for share in (0.1, 0.2, 0.5)] == [7, 14, 35]
    assert [count(3, share) for share in (0.1, 0.2, 0.5)] == [1, 1, 2]


def test_every_altered_text_is_read_once() -> None:
    asked: list[frozenset[int]] = []

    def counting(dropped: Sequence[frozenset[int]]) -> np.ndarray:
        asked.extend(dropped)
        return probability(dropped)

    measure(counting, {"one": np.arange(10), "same": np.arange(10)})
    assert len(asked) == len(set(asked)) == 7  # the whole, and for three shares the top and the others


def test_on_a_classifier_occlusion_beats_chance_and_the_draws_repeat(bundled) -> None:
    sight = look(bundled, TEXT)
    found = [attribute_sight(sight, method=name) for name in ("occlusion", "gradient_norm")]
    checked = check(sight, found)
    assert set(checked.methods) == {"occlusion", "gradient_norm"}
    assert checked.methods["occlusion"].comprehensiveness > checked.chance.mean.comprehensiveness
    assert checked.chance.draws == 10 and checked.chance.spread.comprehensiveness > 0
    assert check(sight, found) == checked


def test_a_stop_is_obeyed(tiny) -> None:
    sight = look(tiny, TEXT)
    with pytest.raises(Stopped, match="faithfulness"):
        check(sight, [attribute_sight(sight)], should_stop=lambda: "discard")
