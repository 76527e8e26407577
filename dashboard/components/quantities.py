"""Numbers as people read them: durations, sizes, times, counts, scores with their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def duration(seconds: float | None) -> str:
    """`seconds` in at most two units, such as "2 min 5 s"; "unknown" for None."""
    if seconds is None:
        return "unknown"
    whole = max(0, round(seconds))
    for size, unit, smaller, smaller_unit in ((86400, "d", 3600, "h"), (3600, "h", 60, "min"), (60, "min", 1, "s")):
        if whole >= size:
            rest = whole % size // smaller
            return f"{whole // size} {unit}" + (f" {rest} {smaller_unit}" if rest else "")
    return f"{whole} s"


def ago(at: datetime | None, now: datetime | None = None) -> str:
    """How long before `now` (UTC) `at` was, such as "5 min ago"; the date after a week, "never" for None."""
    if at is None:
        return "never"
    seconds = ((now or datetime.now(UTC)) - at).total_seconds()
    if seconds < 10:
        return "just now"
    if seconds >= 7 * 86400:
        return f"{at:%d %b %Y}"
    number, unit = duration(seconds).split(" ")[:2]
    return f"{number} {unit} ago"


def size(count: int) -> str:
    """Bytes in a unit that keeps the number short, such as "86.7 MB" (1 MB = 1,000,000 bytes)."""
    for unit, one in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= one:
            return f"{count / one:,.1f} {unit}"
    return f"{count} bytes"


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun, such as "1 row" or "5,452 rows"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def share(part: float) -> str:
    """A share as per cent: "93.5 %"; what is not quite all or nothing never reads as 100 or 0."""
    if 0 < part < 0.001:
        return "< 0.1 %"
    if 0.999 < part < 1:
        return "> 99.9 %"
    return f"{100 * part:.1f} %"


def score(value: float | None) -> str:
    """A score with three decimals, or a dash where there is none."""
    return "–" if value is None else f"{value:.3f}"


def interval(metric: Mapping[str, Any] | None) -> str:
    """A score with its interval, such as "0.935 (0.912 to 0.955)"."""
    if not metric or metric.get("value") is None:
        return "–"
    low, high = metric.get("low"), metric.get("high")
    return score(metric["value"]) + ("" if low is None or high is None else f" ({low:.3f} to {high:.3f})")


def ordinal(place: int) -> str:
    """1 as "1st", 2 as "2nd", 11 as "11th"."""
    if 10 <= place % 100 <= 20:
        return f"{place}th"
    return f"{place}" + {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
