"""The lines of a text, numbered, that can be handed back, and what ends them.

A CR alone ends a line only in files that have no other line end, or where the table holds together better that way;
else it is a character in a cell (it happens in texts pasted into spreadsheets), which the csv module cannot take: it
stands as a private character while the line is parsed.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.data.reading.options import ReadLimits
from core.data.reading.wording import count
from core.errors import UserProblem

CHUNK = 1 << 20
BARE_CR = "\ue00d"  # a private character that stands for a CR inside a cell
SAMPLE = 1 << 20


@dataclass(frozen=True)
class Census:
    """How often line ends and awkward bytes occur in a UTF-8 file."""

    newlines: int
    returns: int
    pairs: int
    nuls: int

    @property
    def bare(self) -> int:
        """CRs that no LF follows."""
        return self.returns - self.pairs


class Lines:
    """Lines with their numbers; `taken` holds those handed out since the last record, `give_back` undoes some."""

    def __init__(self, source: Iterable[str]) -> None:
        self.number = 0
        self.taken: list[str] = []
        self._source = iter(source)
        self._back: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        while True:
            line = self._back.popleft() if self._back else next(self._source, None)
            if line is None:
                return
            self.number += 1
            self.taken.append(line)
            yield line

    def keep_first(self) -> str:
        """Hand back all lines of the record under way but its first, and return that one."""
        first, *rest = self.taken
        self._back.extendleft(reversed(rest))
        self.number -= len(rest)
        self.taken = [first]
        return first


def census(path: Path, limits: ReadLimits) -> Census:
    """Count line ends and NULs; raises `UserProblem` for a line too long to be one of a table."""
    newlines = returns = pairs = nuls = run = 0
    last = b""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            newlines += chunk.count(b"\n")
            returns += chunk.count(b"\r")
            pairs += chunk.count(b"\r\n") + (last == b"\r" and chunk[:1] == b"\n")
            nuls += chunk.count(b"\0")
            last = chunk[-1:]
            end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            run = run + len(chunk) if end < 0 else len(chunk) - end - 1
            if run > limits.line:
                raise _too_long(max(newlines, returns) + 1, limits)
    return Census(newlines, returns, pairs, nuls)


def _too_long(number: int, limits: ReadLimits) -> UserProblem:
    return UserProblem(
        f"Line {number:,} has more than {count(limits.line, 'byte')} without a line break.",
        "A table with one row a line was wanted.",
        "If the file has rows, save it again with line breaks between them.",
    )


def possible_ends(counted: Census) -> tuple[str, ...]:
    """What may end a line, the likeliest first: LF (and CR LF), CR alone, or any of them ("")."""
    if not counted.bare:
        return ("\n",)
    return ("\n", "") if counted.newlines else ("\r",)


@contextmanager
def opened(path: Path, end: str, counted: Census) -> Iterator[Lines]:
    """The lines of a UTF-8 file, line ends kept, NULs taken out, a mark at the start skipped."""
    with path.open(encoding="utf-8-sig", newline=end) as stream:
        source: Iterable[str] = stream
        if counted.nuls:
            source = (line.replace("\0", "") for line in source)
        if end == "\n" and counted.bare:
            source = map(_shield, source)
        yield Lines(source)


def _shield(line: str) -> str:
    body = line.rstrip("\r\n") if line.endswith("\n") else line
    return body.replace("\r", BARE_CR) + line[len(body) :]


def sample(path: Path, end: str, counted: Census) -> tuple[list[str], bool]:
    """The first lines, about a megabyte, and whether the file goes on after them."""
    kept: list[str] = []
    room = SAMPLE
    with opened(path, end, counted) as lines:
        for line in lines:
            if room <= 0:
                return kept, True
            kept.append(line)
            room -= len(line)
            lines.taken.clear()
    return kept, False


def first_with(path: Path, byte: bytes) -> int:
    """The number of the line where `byte` first occurs, 0 where it does not."""
    line = 1
    with path.open("rb") as stream:
        for chunk in iter(lambda: stream.read(CHUNK), b""):
            place = chunk.find(byte)
            if place >= 0:
                return line + chunk[:place].count(b"\n")
            line += chunk.count(b"\n")
    return 0


def text_stream(path: Path) -> io.TextIOWrapper:
    """A UTF-8 file as text, line by LF, a mark at the start skipped."""
    return path.open(encoding="utf-8-sig", newline="\n")
