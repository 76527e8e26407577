"""The difference between two results of one measure with the same inputs and settings: its size, interval and reading.

Where both keep the same rows, and the mean of one of their columns is the figure itself, rows are resampled together
(paired percentile bootstrap, Efron and Tibshirani 1993). Else the two intervals are added as if independent (square and
add, Newcombe 1998, Statistics in Medicine 17:873), which on the same words or rows is usually too wide.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import hypot
from typing import Any, Literal

from core.bias.found import Figure, Found
from core.bias.paired_rows import interval as paired_interval

Way = Literal["towards", "away", "unchanged", "unknown"]
SAME = 1e-9  # a difference below this is rounding


@dataclass(frozen=True)
class Difference:
    """After minus before. `how` says what the interval is, `way` which way the value went as seen from neutral.

    `turned` is true where the two lie on different sides of neutral; `note` says why something is missing.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    how: str = ""
    n: int = 0
    paired: bool = False
    way: Way = "unknown"
    turned: bool = False
    note: str = ""

    @property
    def apart(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    @property
    def worse(self) -> bool:
        """Whether the value went away from neutral by more than the interval of the difference allows for."""
        return self.apart and self.way == "away"

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "apart": self.apart, "worse": self.worse}


def difference(before: Found, after: Found) -> Difference:
    """The headline of `after` minus that of `before`; both measured alike."""
    first, second = before.headline, after.headline
    if first.value is None or second.value is None:
        return Difference(None, note=first.note if first.value is None else second.note)
    value, seen = second.value - first.value, _seen(first.value, second.value, second.neutral)
    paired = paired_interval(before, after)
    if paired is not None:
        return Difference(value, paired.low, paired.high, paired.how, paired.units, True, *seen)
    bounds = _added(first, second)
    if bounds is None:
        return Difference(value, None, None, "", 0, False, *seen, "At least one of the two has no interval.")
    return Difference(value, *bounds, "from the two intervals, as if independent", 0, False, *seen)


def said(one: Difference, before: str, after: str) -> str:
    """The difference in careful sentences; `before` and `after` are what people call the two."""
    if one.value is None:
        return f"No difference: one of the two has no value ({one.note})."
    if abs(one.value) <= SAME:
        return f"{before} and {after} have the same value."
    if one.low is None or one.high is None:
        return (
            f"{after} lies {one.value:+.3f} from {before}. {one.note} Whether that is more than noise cannot be said."
        )
    bounds = f"{one.low:+.3f} to {one.high:+.3f}, {one.how}"
    if not one.apart:
        return f"{before} and {after} cannot be told apart: {one.value:+.3f} ({bounds}) holds 0."
    return f"{after} lies {one.value:+.3f} from {before} ({bounds}, leaves 0 out){_where(one)}."


def _where(one: Difference) -> str:
    turned = ", on the other side of neutral" if one.turned else ""
    if one.way == "away":
        return f", further from neutral{turned}"
    if one.way == "towards":
        return f", nearer to neutral{turned}"
    return ", as far from neutral" + turned if one.way == "unchanged" else ""


def _seen(before: float, after: float, neutral: float | None) -> tuple[Way, bool]:
    if neutral is None:
        return "unknown", False
    turned = (before - neutral) * (after - neutral) < 0
    further = abs(after - neutral) - abs(before - neutral)
    if abs(further) <= SAME:
        return "unchanged", turned
    return ("away" if further > 0 else "towards"), turned


def _added(first: Figure, second: Figure) -> tuple[float, float] | None:
    """Square and add the halves that face each other."""
    ends = (first.value, first.low, first.high, second.value, second.low, second.high)
    if any(end is None for end in ends):
        return None
    a, a_low, a_high, b, b_low, b_high = (float(end) for end in ends if end is not None)
    value = b - a
    return value - hypot(b - b_low, a_high - a), value + hypot(b_high - b, a - a_low)
