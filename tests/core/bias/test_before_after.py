"""Towards neutral, away from it, and beyond it."""

from __future__ import annotations

import pytest

from core.bias.before_after import Change, change
from core.bias.found import Figure


def made(before: float | None, after: float | None, neutral: float | None = 0.0) -> Change:
    first, second = (Figure("d", "d", value, neutral, note="why") for value in (before, after))
    return change("weat", "WEAT", "WEAT 6", False, first, second)


@pytest.mark.parametrize(
    ("before", "after", "neutral", "way", "over"),
    [
        (1.5, 0.5, 0.0, "towards", None),
        (0.5, 1.5, 0.0, "away", None),
        (1.0, -0.25, 0.0, "towards", 0.25),
        (0.2, -0.9, 0.0, "away", 0.9),
        (0.7, 0.55, 0.5, "towards", None),
        (0.7, 0.4, 0.5, "towards", 0.1),
        (0.7, 0.7, 0.5, "unchanged", None),
        (None, 0.4, 0.5, "unknown", None),
        (0.3, 0.4, None, "unknown", None),
    ],
)
def test_the_way(
    before: float | None, after: float | None, neutral: float | None, way: str, over: float | None
) -> None:
    found = made(before, after, neutral)
    assert found.way == way and found.over == (None if over is None else pytest.approx(over))
    assert Change.from_json(found.to_json()) == found


def test_why_there_is_no_value_is_kept() -> None:
    assert made(None, 1.0).note == "why" and made(1.0, 0.5).note == ""
