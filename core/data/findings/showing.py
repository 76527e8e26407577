"""A few rows of a draft as plain dicts for a table: file, line, text, label."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.data.draft import Draft, names_of
from core.data.findings.contract import SAMPLES

SHOWN_CHARACTERS = 300
More = Callable[[Any], Any]


def rows(draft: Draft, chosen: np.ndarray, **more: More) -> tuple[dict[str, Any], ...]:
    """The first rows where the mask (n,) is true, or those at the given positions; `more` adds cells to each."""
    positions = (np.flatnonzero(chosen) if chosen.dtype == bool else chosen)[:SAMPLES]
    found = [draft.frame.iloc[int(at)] for at in positions]
    return tuple({**row(draft, one), **{name: cell(one) for name, cell in more.items()}} for one in found)


def row(draft: Draft, found: Any) -> dict[str, Any]:
    """One row: where it stands in the user's file, its text cut to 300 characters, its label."""
    shown = {"file": str(found["source"]), "line": int(found["line"]), "text": cut(found["text"])}
    if "pair" in draft.frame:
        shown["text_pair"] = cut(found["pair"])
    return {**shown, "label": " | ".join(names_of(found["label"], draft.multi_label))}


def cut(text: str) -> str:
    """The text, at most 300 characters of it."""
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…"


def percent(part: float, whole: float) -> str:
    """A share in words that never rounds something to nothing: "12.3 %", "< 0.1 %"."""
    share = 100 * part / whole if whole else 0.0
    return "< 0.1 %" if 0 < share < 0.1 else f"{share:.1f} %"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 row", "2,000 rows"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
