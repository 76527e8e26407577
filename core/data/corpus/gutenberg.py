"""Where the text of a Project Gutenberg book begins and ends, between the licence before and after it.

Three generations of marks are known: `*** START OF THE (or THIS) PROJECT GUTENBERG EBOOK ... ***` with its END; the
small print of the years before (`*END*THE SMALL PRINT! ...`), whose books end with `End of Project Gutenberg's ...`;
and both together. A file may hold several books. The credit after the first mark ("Produced by ...") goes with the
header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Range = tuple[int, int]  # lines first <= number < last, from 0; last is -1 for the end of the file

START = re.compile(r"\s*\*{3}\s*START OF (?:THE|THIS)\s+PROJECT GUTENBERG", re.IGNORECASE)
SMALL_PRINT_END = re.compile(r"\s*\*\s*END\s*\*?\s*THE SMALL PRINT", re.IGNORECASE)
END = re.compile(
    r"\s*\*{3}\s*END OF (?:THE|THIS)\s+PROJECT GUTENBERG"
    r"|\s*\**\s*End of (?:the |this )?Project Gutenberg(?:'s|\u2019s| e?text| ebook| edition)",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"(?:Produced|Transcribed|E-?text prepared|Scanned|Prepared|HTML version|Proofread|This e-?(?:text|book) was)"
    r"(?: and proof(?:ed|read)| produced| prepared| scanned| transcribed)? (?:by|from)\b",
    re.IGNORECASE,
)
LONG = 400  # characters; a longer line is no mark


def find(lines: Iterable[str]) -> tuple[Range, ...]:
    """The ranges of lines that hold books; empty where the text has no mark of Project Gutenberg."""
    ranges: list[Range] = []
    opened: int | None = None
    wrapped = False
    for number, line in enumerate(lines):
        if wrapped:  # the title in a START mark goes on over lines until its stars
            wrapped = "***" not in line and bool(line.strip())
            opened = number + 1
        elif len(line) > LONG:
            continue
        elif START.match(line) or SMALL_PRINT_END.match(line):
            opened = number + 1
            wrapped = bool(START.match(line)) and "***" not in line.split("***", 1)[1]
        elif END.match(line) and (opened is not None or not ranges):
            ranges.append((opened or 0, number))
            opened = None
    return tuple(ranges) if opened is None else (*ranges, (opened, -1))


def strip(lines: Iterable[str], ranges: Iterable[Range]) -> Iterator[str]:
    """The lines inside the ranges, each book without its credit; between two books stand five blank lines."""
    waiting = list(ranges)
    body = False
    credit: bool | None = None  # None: the first paragraph of the book was not seen yet
    for number, line in enumerate(lines):
        while waiting and waiting[0][1] != -1 and number >= waiting[0][1]:
            waiting.pop(0)
            if body and waiting:
                yield from [""] * 5
            body, credit = False, None
        if not waiting:
            return
        if number < waiting[0][0]:
            continue
        body = True
        blank = not line.strip()
        if credit is None and not blank:
            credit = bool(CREDIT.match(line.strip()))
        if credit and blank:
            credit = False
        if not credit:
            yield line
