"""Guessing which column plays which part, from names and from content; a person confirms it.

Names decide where they are telling and the content does not speak against them. Without telling names, the text is the
column of long varied cells with letters in them, the label the column with few different values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from core.data import column_names as names
from core.data.column_content import Profile, profiles
from core.data.column_mapping import ColumnMapping
from core.data.reading.facts import TableFacts

__all__ = ["ColumnMapping", "guess", "guess_text"]

MOST_CLASSES = 1_000


def guess(facts: TableFacts, table: Path | None = None) -> ColumnMapping | None:
    """The likeliest mapping, None where no text or no label can be made out; with `table`, 5,000 rows are looked at."""
    found = profiles(facts, table)
    text = _text(found)
    if text is None:
        return None
    pair = _pair(found, text)
    left = [column for column in found if column.name not in (text.name, pair)]
    label = _label(left)
    if label is None:
        return None
    several, separator = _several(left, label)
    left = [column for column in left if column.name not in (label if isinstance(label, tuple) else (label,))]
    return ColumnMapping(
        text.name,
        label,
        pair,
        id=_named(left, names.ID, lambda column: column.variety > 0.98),
        split=_named(left, names.SPLIT, lambda column: column.splits),
        group=_named(left, names.GROUP, lambda column: column.distinct > 1),
        weight=_named(left, names.WEIGHT, lambda column: column.numbers == 1.0),
        multi_label=several,
        label_separator=separator,
    )


def guess_text(facts: TableFacts, table: Path | None = None) -> str | None:
    """The likeliest text column, for files without labels."""
    text = _text(profiles(facts, table))
    return text.name if text else None


def _text(columns: Sequence[Profile]) -> Profile | None:
    able = [column for column in columns if column.filled and column.distinct > 1 and column.lettered > 0.5]
    able = able or [column for column in columns if column.filled and names.rank(column.name, names.TEXT) is not None]
    return max(able, key=_text_score, default=None)


def _text_score(column: Profile) -> tuple[float, float]:
    rank = names.rank(column.name, names.TEXT)
    named = 0.0 if rank is None else 60.0 - rank
    if rank is None and names.contains(column.name, names.TEXT[:18]):
        named = 15.0
    if rank is None and (names.is_no_text(column.name) or names.rank(column.name, names.ID) is not None):
        named = -20.0
    content = min(column.characters, 200.0) * column.variety * (1.0 - column.numbers)
    return named * (0.2 if column.variety < 0.05 else 1.0) + content / 4, content


def _pair(columns: Sequence[Profile], text: Profile) -> str | None:
    if names.plain(text.name) not in names.FIRST_OF_PAIR:
        return None
    able = [c for c in columns if c.name != text.name and c.lettered > 0.5 and c.words > 1.5]
    ranked = [(names.rank(c.name, names.PAIR), c.name) for c in able]
    known = sorted((rank, name) for rank, name in ranked if rank is not None)
    return known[0][1] if known else None


def _label(columns: Sequence[Profile]) -> str | tuple[str, ...] | None:
    named = [(names.rank(c.name, names.LABEL), c) for c in columns if c.filled]
    ranked = sorted(((rank, c.name) for rank, c in named if rank is not None and _may_be_label(c)))
    if ranked:
        return ranked[0][1]
    group = tuple(c.name for c in columns if c.binary and not _other_part(c))
    if len(group) >= 3:
        return group
    able = [c for c in columns if _looks_like_label(c)]
    return max(able, key=_label_score).name if able else None


def _may_be_label(column: Profile) -> bool:
    """A telling name is believed unless nearly every cell is different."""
    return column.variety < 0.9 or column.filled < 20 or column.separator is not None


def _looks_like_label(column: Profile) -> bool:
    few = 2 <= column.distinct <= max(2, min(MOST_CLASSES, column.filled * 0.5))
    short = column.longest <= 80 and column.words <= 5
    return (few or column.separator is not None) and short and not _other_part(column)


def _other_part(column: Profile) -> bool:
    parts = (names.ID, names.SPLIT, names.GROUP, names.WEIGHT)
    return any(names.rank(column.name, known) is not None for known in parts)


def _label_score(column: Profile) -> tuple[float, float]:
    score = 2.0 * names.contains(column.name, names.LABEL) - 2.0 * names.is_no_label(column.name)
    score += 0.5 * names.plain(column.name).startswith(("is_", "has_"))
    score += column.filled / max(1, column.cells)
    return score - 2 * column.variety, -float(column.distinct)


def _several(columns: Sequence[Profile], label: str | tuple[str, ...]) -> tuple[bool, str]:
    if isinstance(label, tuple):
        return True, "|"
    separator = next(column.separator for column in columns if column.name == label)
    return separator is not None, separator or "|"


def _named(columns: Sequence[Profile], known: Sequence[str], fits: Callable[[Profile], bool]) -> str | None:
    ranked = [(names.rank(column.name, known), column) for column in columns if column.filled]
    fitting = sorted((rank, column.name) for rank, column in ranked if rank is not None and fits(column))
    return fitting[0][1] if fitting else None
