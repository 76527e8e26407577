"""One measure before and after: towards neutral or away from it, and whether the bias turned round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from core.bias.found import Figure

Way = Literal["towards", "away", "unchanged", "unknown"]
SAME = 1e-6  # a difference below this is rounding


@dataclass(frozen=True)
class Change:
    """`measure` with its inputs' name; `tuned` says that the method was given words that it measures by.

    `over` is how far beyond neutral the value went where its sign turned, else None.
    """

    measure: str
    title: str
    inputs: str
    figure: str
    tuned: bool
    before: float | None
    after: float | None
    neutral: float | None
    p_before: float | None
    p_after: float | None
    way: Way
    over: float | None
    note: str = ""
    sample: str = ""  # what it was measured on

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Change:
        return cls(**values)


def change(measure: str, title: str, inputs: str, tuned: bool, before: Figure, after: Figure) -> Change:
    """Compare two headlines of one measure with the same inputs and settings."""
    neutral = before.neutral
    return Change(
        measure, title, inputs, before.title, tuned, before.value, after.value, neutral, _p(before), _p(after),
        _way(before.value, after.value, neutral), _over(before.value, after.value, neutral),
        before.note if before.value is None else after.note if after.value is None else "",
    )  # fmt: skip


def _p(figure: Figure) -> float | None:
    return None if figure.chance is None else figure.chance.p


def _way(before: float | None, after: float | None, neutral: float | None) -> Way:
    if before is None or after is None or neutral is None:
        return "unknown"
    closer = abs(before - neutral) - abs(after - neutral)
    if abs(closer) <= SAME:
        return "unchanged"
    return "towards" if closer > 0 else "away"


def _over(before: float | None, after: float | None, neutral: float | None) -> float | None:
    if before is None or after is None or neutral is None:
        return None
    turned = (before - neutral) * (after - neutral) < 0 and abs(after - neutral) > SAME
    return abs(after - neutral) if turned else None
