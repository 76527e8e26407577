"""Attributions of one text as rows, a score a method: what the table, the files and the charts show."""

from __future__ import annotations

from collections.abc import Sequence

from core.inspection.attribution.result import Attribution

FIXED = ("number", "part", "start", "end", "text")


def headers(found: Sequence[Attribution]) -> list[str]:
    """Column names: place and text of the unit, then one score a method."""
    return [*FIXED, *(one.method for one in found)]


def rows(found: Sequence[Attribution]) -> list[list[object]]:
    """One row a unit in the order of the text, then one for what belongs to no word, such as [CLS].

    Parts count from 1; start and end are characters of the text as typed. The columns sum to what the methods say.
    """
    first = found[0]
    table: list[list[object]] = [
        [number + 1, unit.part + 1, unit.start, unit.end, unit.text, *(float(one.scores[number]) for one in found)]
        for number, unit in enumerate(first.units)
    ]
    if any(one.specials for one in found):
        names = " ".join(dict.fromkeys(name for one in found for name, _ in one.specials))
        rest = [sum(score for _, score in one.specials) if one.specials else None for one in found]
        table.append([None, None, None, None, names, *rest])
    return table
