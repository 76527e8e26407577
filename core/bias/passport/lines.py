"""A result as a line of a passport: plain values in, nothing read from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.bias import comparing, told
from core.bias.found import Found
from core.bias.measure import Measure
from core.bias.passport.document import FAMILIES, Change, Line, Missing

GONE = "This measure is no longer part of the program; its figures stand as they were stored."


def line(
    result: str, name: str, measure: Measure | None, inputs: Mapping[str, Any], settings: Mapping[str, Any],
    found: Found, *, measured_at: str, measured_by: str, changes: tuple[Change, ...] = (),
) -> Line:  # fmt: skip
    """The line of `found`; `measure` is None where the program has no such measure any more."""
    head = found.headline
    least, most = (None, None) if measure is None else (measure.low, measure.high)
    return Line(
        result, name, measure.title if measure else name, measure.family if measure else "others",
        measure.source if measure else "", str(inputs.get("name", "")), str(inputs.get("source", "")),
        head, found.figures, least if head.least is None else head.least, most if head.most is None else head.most,
        found.sample, told.direction(measure, head.value, inputs) if measure else "",
        told.side(measure) if measure else "", measure.says if measure else GONE,
        measure.criticisms if measure else (), found.warnings, found.lost, dict(settings), measured_at, measured_by,
        found.offends or bool(measure and measure.offends), changes,
    )  # fmt: skip


def change(against: str, role: str, after: str, before: Found, now: Found) -> Change:
    """The difference of `now` (of the version `after`) to the same measure of `against`."""
    found = comparing.difference(before, now)
    return Change(against, role, before.headline.value, found, comparing.said(found, against, after))


def ordered(lines: Iterable[Line], order: Iterable[str]) -> tuple[Line, ...]:
    """Families as on the page, measures as they are declared, then by the name of what they were measured with."""
    families = {name: place for place, name in enumerate(FAMILIES)}
    places = {name: place for place, name in enumerate(order)}
    last = len(families) + len(places)
    return tuple(
        sorted(lines, key=lambda one: (families.get(one.family, last), places.get(one.measure, last), one.inputs))
    )


def missing(measures: Iterable[Measure], taken: Iterable[str], reasons: Mapping[str, str]) -> tuple[Missing, ...]:
    """Measures that nobody has taken; `reasons` says by name why one cannot be."""
    have = set(taken)
    return tuple(
        Missing(one.name, one.title, one.family, reasons.get(one.name, "")) for one in measures if one.name not in have
    )
