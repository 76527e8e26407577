"""Rows into pairs: each row that mentions a group beside the same row about each other group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd

from core.bias.counterfactual.mentions import Mention, Terms
from core.bias.counterfactual.swap import Replace, Version, mentions, versions
from core.bias.word_sets import WordTest

Pairing = Literal["by position", "drawn", "every"]
BOTH = "both"  # direction of a row that mentions both groups: each is exchanged for the other
WITHOUT, MIXED = "rows without any term", "rows with terms of several groups, left out"
NO_COUNTERPART = "swaps left out: a term without a counterpart at its position"
UNCHANGED, OVER = "swaps that change nothing", "swaps over the limit for a row, drawn away"
UNSURE = "swaps scored in more than one reading of her or his"
MADE, ROWS, USED = "swaps", "rows", "rows with a swap"


@dataclass(frozen=True)
class Rules:
    """How rows become pairs; see the settings of the measure."""

    pairing: Pairing = "by position"
    mixed: Literal["swap every mention", "leave out"] = "swap every mention"
    most: int = 12
    keep_titles: bool = True
    match_case: bool = False
    seed: int = 0


@dataclass(frozen=True)
class Swapped:
    """A row in other words: `swap` numbers the swaps of a run; readings of one swap share its number.

    `start` and `to` are numbers of groups, None where both are exchanged. Texts come with their pair.
    """

    row: int
    swap: int
    start: int | None
    to: int | None
    original: tuple[str, str | None]
    changed: tuple[str, str | None]
    changes: tuple[tuple[str, str], ...]


@dataclass
class Pairs:
    """All swaps, and what became of every row and swap, counted."""

    swaps: list[Swapped] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def table(self) -> pd.DataFrame:
        """The counts as a table, rows first."""
        order = (ROWS, USED, WITHOUT, MIXED, MADE, UNSURE, NO_COUNTERPART, UNCHANGED, OVER)
        return pd.DataFrame({"what": list(order), "number": [self.counts[name] for name in order]})


def pairs(texts: Sequence[str], seconds: Sequence[str] | None, groups: WordTest, rules: Rules) -> Pairs:
    """Every swap of every row; `seconds` are the texts' pairs where there are any."""
    terms, made = Terms(groups, rules.match_case), Pairs()
    lower = [{word.lower() for word in one.words} for one in groups.targets]
    for row, text in enumerate(texts):
        second = None if seconds is None else seconds[row]
        _row(made, row, (text, second), terms, lower, rules)
    return made


def _row(
    made: Pairs, row: int, texts: tuple[str, str | None], terms: Terms, lower: list[set[str]], rules: Rules
) -> None:
    made.counts[ROWS] += 1
    found = tuple(mentions(terms, text, rules.keep_titles) if text else [] for text in texts)
    present = sorted({one.group for part in found for one in part})
    if not present:
        made.counts[WITHOUT] += 1
        return
    if len(present) > 1 and rules.mixed == "leave out":
        made.counts[MIXED] += 1
        return
    before = len(made.swaps)
    for start, to, shift in _planned(made, row, present, terms, rules):
        _swapped(made, row, texts, found, (start, to), len(present) > 1, terms, lower, shift)
    made.counts[USED] += len(made.swaps) > before


def _planned(made: Pairs, row: int, present: list[int], terms: Terms, rules: Rules) -> list[tuple[int, int, int]]:
    """(from, to, shift) of the row's swaps, at most `most` of them, drawn by the seed and the row's number."""
    groups, rng = terms.groups, np.random.default_rng([rules.seed, row])
    ways = (
        list(combinations(present, 2)) if len(present) > 1
        else [(present[0], other) for other in range(len(groups)) if other != present[0]]
    )  # fmt: skip
    planned = [(start, to, shift) for start, to in ways for shift in _shifts(len(groups[to].words), rules, rng)]
    if len(planned) > rules.most:
        made.counts[OVER] += len(planned) - rules.most
        kept = sorted(rng.choice(len(planned), size=rules.most, replace=False))
        planned = [planned[place] for place in kept]
    return planned


def _shifts(size: int, rules: Rules, rng: np.random.Generator) -> Iterator[int]:
    """By how many places a term's counterpart lies off; -1: at the same position or nowhere."""
    if rules.pairing == "by position":
        yield -1
    elif rules.pairing == "drawn":
        yield int(rng.integers(size))
    else:
        yield from range(size)


def _swapped(
    made: Pairs,
    row: int,
    texts: tuple[str, str | None],
    found: tuple[list[Mention], ...],
    way: tuple[int, int],
    both: bool,
    terms: Terms,
    lower: list[set[str]],
    shift: int,
) -> None:
    genders = (lower[way[0]], lower[way[1]])
    parts = [
        versions(text, [one for one in part if one.group in way], genders, _replacement(terms, way, shift))
        if text else [Version(text or "", ())]
        for text, part in zip(texts, found, strict=True)
    ]  # fmt: skip
    if not all(parts):
        made.counts[NO_COUNTERPART] += 1
        return
    readings = {
        (one.text, None if texts[1] is None else other.text): (*one.changes, *other.changes)
        for one in parts[0] for other in parts[1]
    }  # fmt: skip
    readings.pop(texts, None)
    if not readings:
        made.counts[UNCHANGED] += 1
        return
    number = made.counts[MADE]
    made.counts[MADE] += 1
    made.counts[UNSURE] += len(readings) > 1
    start, to = (None, None) if both else way
    made.swaps += [Swapped(row, number, start, to, texts, new, changes) for new, changes in readings.items()]


def _replacement(terms: Terms, way: tuple[int, int], shift: int) -> Replace:
    def replace(one: Mention) -> str | None:
        words = terms.groups[way[1] if one.group == way[0] else way[0]].words
        place = one.place if shift < 0 else (one.place + shift) % len(words)
        return words[place] if place < len(words) else None

    return replace
