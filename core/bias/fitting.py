"""Word lists and the numbers of sets that a measure takes: as they are, or several sets by turns.

Three groups under a measure of two are measured as each pair of them; two attribute sets under a measure of one each by
itself. The tests of one run are corrected together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

from core.bias.word_sets import WordSet, WordTest

Counts = Sequence[int] | None


def fitted(test: WordTest, targets: Counts = None, attributes: Counts = None) -> tuple[WordTest, ...]:
    """The tests that a measure of these numbers of sets makes of this one; () where it has too few sets.

    None takes any number (of targets at least one), () takes none.
    """
    left, right = _choices(test.targets, targets, 1), _choices(test.attributes, attributes, 0)
    return tuple(
        replace(test, name=_name(test, x, a), targets=x, attributes=a) for x, a in product(left, right)
    )  # fmt: skip


def unfit(test: WordTest, targets: Counts = None, attributes: Counts = None) -> str:
    """Why nothing can be made of a list, in one sentence; empty where something can."""
    for kind, have, wanted, least in (
        ("target", len(test.targets), targets, 1), ("attribute", len(test.attributes), attributes, 0),
    ):  # fmt: skip
        if _number(have, wanted, least) is None:
            plural = "" if have == 1 else "s"
            return f"{test.name} has {have} {kind} set{plural}; this measure takes {_said(wanted, least)}."
    return ""


def _said(counts: Counts, least: int) -> str:
    if not counts:
        return f"at least {least}"
    return " or ".join(map(str, counts)) if len(counts) < 4 else f"{min(counts)} to {max(counts)}"


def _choices(sets: tuple[WordSet, ...], counts: Counts, least: int) -> list[tuple[WordSet, ...]]:
    number = _number(len(sets), counts, least)
    return [] if number is None else list(combinations(sets, number))


def _number(have: int, counts: Counts, least: int) -> int | None:
    """How many of `have` sets are taken at a time; None where there are too few."""
    if counts is None:
        return have if have >= least else None
    return max((number for number in counts if number <= have), default=None) if counts else 0


def _name(test: WordTest, targets: tuple[WordSet, ...], attributes: tuple[WordSet, ...]) -> str:
    """The list's name, with the sets where only some of them are taken."""
    parts = [
        " v ".join(one.name for one in taken)
        for taken, all_of_them in ((targets, test.targets), (attributes, test.attributes))
        if taken and len(taken) < len(all_of_them)
    ]
    return f"{test.name}: {', '.join(parts)}" if parts else test.name
