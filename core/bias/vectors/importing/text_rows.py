"""A line of a text table: a word, which may hold spaces (". . ." in GloVe 840B), and its numbers.

Lines are bytes split at line feeds only, because words may hold characters that Python takes for ends of lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from core.bias.vectors.importing.tally import Tally

Row = tuple[str, bytes, np.ndarray]  # where it stood, the word's bytes, its numbers (d,) float32
_DECIMAL = re.compile(rb"[ \t][-+]?\d+\.\d+(?:[eE][-+]?\d+)?$")


def rows(lines: Iterable[bytes], width: int, tally: Tally, first: int) -> Iterator[Row]:
    """Every readable line; blank ones are passed over, others are counted. `first` is the first line's number."""
    for number, line in enumerate(lines, start=first):
        found = numbers(line, width)
        if found is not None:
            yield f"line {number:,}", *found
        elif line.strip():
            shown = line[:24].decode("utf-8", "replace").strip()
            tally.leave_out("unreadable", f"line {number:,}", f"{shown!r}... is not a word and {width} numbers")


def numbers(line: bytes, width: int) -> tuple[bytes, np.ndarray] | None:
    """The word and its numbers, or None; a word that ends in a decimal fraction is a row with too many numbers."""
    parts = line.rsplit(None, width)
    if len(parts) != width + 1 or _DECIMAL.search(parts[0]):
        return None
    try:
        values = np.fromiter(map(float, parts[1:]), np.float64, width)
    except ValueError:
        return None
    with np.errstate(over="ignore"):
        return parts[0].strip(), values.astype(np.float32)


def width_of(lines: Sequence[bytes]) -> int:
    """How many numbers most of the lines have behind their first word; 0 where they are no vectors."""
    counts = Counter(len(line.split()) - 1 for line in lines if line.strip())
    for width, _ in counts.most_common():
        if width > 1 and any(numbers(line, width) is not None for line in lines):
            return width
    return 0
