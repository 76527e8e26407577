"""Cells that a spreadsheet would run as a formula are written with an apostrophe before them."""

from __future__ import annotations

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def guarded(cell: str) -> str:
    """The cell, safe to open in a spreadsheet; applied when writing files for people, never to stored data."""
    return "'" + cell if cell.startswith(_DANGEROUS) else cell
