"""A result in plain sentences: the figure, its interval, its chance, and which way it points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.bias.found import Chance, Figure
from core.bias.measure import Measure


def figure(one: Figure, digits: int = 3) -> str:
    """`0.612 [0.201, 0.934]`, or the note that says why there is no value."""
    if one.value is None:
        return one.note
    interval = "" if one.low is None or one.high is None else f" [{one.low:.{digits}f}, {one.high:.{digits}f}]"
    return f"{one.value:.{digits}f}{interval}"


def p_value(p: float) -> str:
    """p to two digits that count."""
    return f"{p:.2g}" if p < 0.001 else f"{p:.4f}"


def chance(one: Chance) -> str:
    """p with how it was computed, and what it could have been at least."""
    between = "" if one.low == one.high else f", between {p_value(one.low)} and {p_value(one.high)}"
    kind = "" if one.certain or not between else " (95 %)"
    corrected = "" if one.adjusted is None else f"; {p_value(one.adjusted)} after Holm over {one.battery} tests"
    return (
        f"p = {p_value(one.p)}{between}{kind}{corrected} ({one.alternative}; {one.method}, {one.unit} shuffled; the "
        f"least possible is {p_value(one.smallest)})"
    )


def interval(one: Figure, digits: int = 3) -> str:
    """`0.201 to 0.934 (95 % bootstrap over source rows)`; empty where there is no interval."""
    if one.low is None or one.high is None:
        return ""
    kind = f" ({one.interval})" if one.interval else ""
    return f"{one.low:.{digits}f} to {one.high:.{digits}f}{kind}"


def measured_on(one: Figure) -> str:
    """`16 target words`; empty where nothing was counted."""
    return f"{one.n:,} {one.of}".strip() if one.n else ""


def blunt(one: Chance, level: float = 0.05) -> str:
    """A sentence where the test could not have printed a p under `level`, whatever the model; else empty."""
    if one.smallest <= level:
        return ""
    return f"With so few {one.unit} no outcome of this test gives p under {level:g}, whatever the model does."


def side(measure: Measure) -> str:
    """What a value above and below the neutral one means, without a value; empty where nothing is neutral."""
    if measure.neutral is None:
        return ""
    names = _Blank({})
    above, below = measure.upward.format_map(names), measure.downward.format_map(names)
    return f"Above {measure.neutral:g}: {above}. Below: {below}."


def direction(measure: Measure, value: float | None, inputs: Mapping[str, Any]) -> str:
    """What the headline's side of neutral means, with the sets' own names; empty without a value or a neutral value."""
    if value is None or measure.neutral is None or value == measure.neutral:
        return ""
    words = inputs.get("words") or {}
    names = {**_named(words.get("targets"), ("first", "second")), **_named(words.get("attributes"), ("a", "b"))}
    return (measure.upward if value > measure.neutral else measure.downward).format_map(_Blank(names))


def _named(sets: Mapping[str, Any] | None, places: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(places, sets or {}, strict=False))


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return {"first": "the first group", "second": "the second group", "a": "A", "b": "B"}.get(key, key)
