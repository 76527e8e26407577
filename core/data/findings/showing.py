"""A few rows of a draft as plain dicts for a table: file, line, text, label."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.data.draft import Draft, names_of
from core.data.findings.contract import SAMPLES

SHOWN_CHARACTERS = 300


def rows(draft: Draft, chosen: Any, *, limit: int = SAMPLES, **more: Any) -> tuple[dict[str, Any], ...]:
    """The first rows where the mask (n,) is true, or the rows at the given positions in their order."""
    chosen = np.asarray(chosen)
    positions = (np.flatnonzero(chosen) if chosen.dtype == bool else chosen)[:limit]
    return tuple(
        {**row(draft, int(at)), **{name: _plain(values[at]) for name, values in more.items()}} for at in positions
    )


def row(draft: Draft, at: int) -> dict[str, Any]:
    """One row: where it stands in the user's file, its text cut to 300 characters, its label."""
    found = draft.frame.iloc[at]
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
    """ "1 row", "2,000 rows"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
