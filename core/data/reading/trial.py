"""One dialect tried on some lines: how constant the number of cells is, and how the quotes behave."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from core.data.reading.lines import Lines
from core.data.reading.records import Dialect, read

PREAMBLE = 30  # records at the start that may be narrower than the table
WORST = 300  # broken records after which a trial is given up


@dataclass(frozen=True)
class Trial:
    """One dialect tried: the commonest number of cells, the share of lines that have it, and how quotes behaved."""

    dialect: Dialect
    width: int
    share: float
    records: int
    broken: int
    opened: int
    needed: int
    spaced: int

    @property
    def broken_share(self) -> float:
        """Broken records among those with quoted cells."""
        return self.broken / max(self.opened + self.broken, 1)


def attempt(lines: Sequence[str], dialect: Dialect, *, cut: bool) -> Trial:
    """Read `lines` in one dialect and count; a record that a cut may have torn is left out."""
    source = Lines(lines)
    widths: Counter[int] = Counter()
    first: list[int] = []
    spans: Counter[int] = Counter()
    records = broken = needed = torn = spaced = 0
    quote, part = dialect.quotechar, dialect.delimiter or "\n"
    for record in read(source, dialect):
        cells = record.cells
        if cut and source.number >= len(lines):
            break
        if not any(cells):
            continue
        records += 1
        broken += record.trouble is not None
        if broken > WORST:
            break
        needed += bool(quote) and _needs_quotes(cells, source.taken, part, quote)
        spaced += len(cells) > 1 and all(cell[:1] in (" ", "") for cell in cells[1:]) and any(cells[1:])
        torn += not quote and _is_torn(cells)
        spans[len(cells)] += len(source.taken)
        widths[len(cells)] += 1
        if len(first) < PREAMBLE:
            first.append(len(cells))
    width = _mode(widths)
    early = len(list(takewhile(lambda narrow: narrow < width, first))) if width > 2 else 0
    early = early if 2 * early <= records else 0
    share = (widths[width] - torn) / max(records - early, 1)
    lines_share = (spans[width] - torn) / max(sum(spans.values()) - early, 1)
    opened = len(openings("".join(lines), dialect.delimiter, quote)) if quote else 0
    return Trial(dialect, width, min(share, lines_share), records, broken, opened, needed, spaced)


def _needs_quotes(cells: Sequence[str], taken: Sequence[str], part: str, quote: str) -> bool:
    """Whether a record holds what only a quoted cell can: a delimiter, a line break, a doubled quote."""
    if len(taken) > 1 or any(part in cell for cell in cells):
        return True
    return quote * 3 in taken[0] or (quote * 2 in taken[0] and any(quote in cell for cell in cells))


def _mode(widths: Counter[int]) -> int:
    """The commonest number of cells; of equals the one that came first."""
    return max(widths, key=lambda width: widths[width], default=1)


def _is_torn(cells: Sequence[str]) -> bool:
    """Whether a quote opens in one cell and closes in a later one: the delimiters between are text."""
    opens = [cell[:1] == '"' and (len(cell) < 2 or cell[-1:] != '"') for cell in cells]
    closes = [cell[-1:] == '"' and (len(cell) < 2 or cell[:1] != '"') for cell in cells]
    return any(opens) and any(closes[opens.index(True) :])


def openings(text: str, delimiter: str, quote: str) -> list[str]:
    before = f"(?:^|{re.escape(delimiter)} ?)" if delimiter else "^"
    return re.findall(before + re.escape(quote), text, re.MULTILINE)
