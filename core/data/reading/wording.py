"""Numbers and quotations as they stand in the sentences of this room."""

from __future__ import annotations

from collections.abc import Sequence

NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space"}


def count(number: int, noun: str, nouns: str | None = None) -> str:
    """`1 row`, `2,000 rows`."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def size(number: int) -> str:
    """Bytes in megabytes, as in `200 MB`."""
    return f"{number / 1e6:,.0f} MB" if number >= 1e6 else f"{number:,} bytes"


def quoted(text: str, most: int = 60) -> str:
    """A piece of a file on one line, cut and in quotation marks."""
    flat = " ".join(text.split())
    return f"“{flat[:most]}…”" if len(flat) > most else f"“{flat}”"


def sign(text: str) -> str:
    """A delimiter by name where it has one."""
    return NAMES.get(text, f"“{text}”")


def listed(items: Sequence[str], most: int = 8) -> str:
    """`a, b, c and 4 more`."""
    shown = ", ".join(items[:most])
    return shown + (f" and {len(items) - most} more" if len(items) > most else "")
