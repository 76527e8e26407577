"""The pieces of a text around places that must be seen, where the whole text is longer than the model reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.encoding.tokenizing import CHARACTERS_PER_PIECE, encodings
from core.errors import UserProblem
from core.inspection.subject import Subject

Span = tuple[int, int]


@dataclass(frozen=True)
class Window:
    """Ids (T,) int64 with special pieces; `places[i]` are the positions of span i's pieces, `words` (T,) their word.

    `seen` are the first character and the one behind the last of the text that was read, of `pieces` pieces in all.
    Special pieces at the ends have word -1.
    """

    ids: np.ndarray
    words: np.ndarray
    names: tuple[str, ...]
    places: tuple[tuple[int, ...], ...]
    seen: Span
    pieces: int
    whole: bool


@dataclass(frozen=True)
class _Body:
    """Pieces of the whole text without the special ones at its ends, which are `before` and `behind`."""

    ids: list[int]
    words: list[int]
    offsets: list[Span]
    before: list[int]
    behind: list[int]


def window(subject: Subject, text: str, spans: Sequence[Span]) -> Window:
    """Read the text, typed special pieces as such, around all spans; UserProblem where they do not fit together.

    A window begins and ends with whole words, and the spans stand in its middle as far as the text allows.
    """
    body = _body(subject, *_characters(subject, text, spans))
    room = subject.max_length - len(body.before) - len(body.behind)
    low, high = _bounds(body.words, _needed(body.offsets, spans), room)
    ids = [*body.before, *body.ids[low:high], *body.behind]
    first = len(body.before)
    offsets = body.offsets[low:high]
    places = tuple(
        tuple(first + place for place, (a, b) in enumerate(offsets) if a < end and start < b) for start, end in spans
    )
    whole = high - low == len(body.ids) and _reach(subject) >= len(text)
    seen = (0, len(text)) if whole else (offsets[0][0], offsets[-1][1])
    names = tuple(subject.tokenizer.convert_ids_to_tokens(ids))
    words = np.array([-1] * first + body.words[low:high] + [-1] * len(body.behind), dtype=np.int64)
    return Window(np.array(ids, dtype=np.int64), words, names, places, seen, len(body.ids), whole)


def _needed(offsets: Sequence[Span], spans: Sequence[Span]) -> list[int]:
    """Pieces of the spans; where these have none, the piece behind the first span."""
    found = [place for place, (a, b) in enumerate(offsets) if any(a < end and start < b for start, end in spans)]
    behind = sum(b <= spans[0][0] for _, b in offsets)
    return found or [min(behind, max(0, len(offsets) - 1))]


def _reach(subject: Subject) -> int:
    return subject.max_length * CHARACTERS_PER_PIECE


def _characters(subject: Subject, text: str, spans: Sequence[Span]) -> tuple[str, int]:
    """The characters that the tokenizer is given, with where they begin; a part of a very long text."""
    reach = _reach(subject)
    if len(text) <= reach:
        return text, 0
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    begin = max(0, min(first - (reach - (last - first)) // 2, len(text) - reach))
    if last - begin > reach or first < begin:
        raise _apart(f"{last - first:,} characters")
    while 0 < begin < first and not text[begin - 1].isspace():
        begin += 1
    return text[begin : begin + reach], begin


def _body(subject: Subject, text: str, begin: int) -> _Body:
    found = encodings(subject.tokenizer, [text], max_length=subject.max_length, specials_as_text=False)[0]
    body = _Body([], [], [], [], [])
    for part in (found, *found.overflowing):
        for place, of in enumerate(part.sequence_ids):
            if of is not None:
                start, end = part.offsets[place]
                body.ids.append(part.ids[place])
                body.words.append(part.word_ids[place] if part.word_ids[place] is not None else -2 - place)
                body.offsets.append((start + begin, end + begin))
            elif part is found:
                (body.behind if body.ids else body.before).append(part.ids[place])
    if not body.ids:
        body.behind.extend(body.before[1:])
        del body.before[1:]
    return body


def _bounds(words: Sequence[int], needed: Sequence[int], room: int) -> Span:
    """First piece and the one behind the last of the window."""
    if len(words) <= room:
        return 0, len(words)
    first, last = needed[0], needed[-1]
    slack = room - (last - first + 1)
    if slack < 0:
        raise _apart(f"{last - first + 1:,} pieces")
    low = max(0, min(first - slack // 2, len(words) - room))
    high = low + room
    while low and low < first and words[low] == words[low - 1]:
        low += 1
    while high < len(words) and high > last + 1 and words[high] == words[high - 1]:
        high -= 1
    return low, high


def _apart(found: str) -> UserProblem:
    return UserProblem(
        f"The masks stand {found} apart: the model cannot see them at once.",
        "All masks must fit into one input.", "Shorten the text between them.",
    )  # fmt: skip


def told(subject: Subject, text: str, read: Window) -> str:
    """A sentence where not the whole text was read, else ""."""
    if read.whole:
        return ""
    return (
        f"The text is longer than the {subject.max_length:,} pieces that the model reads at a time: only characters "
        f"{read.seen[0] + 1:,} to {read.seen[1]:,} of {len(text):,}, around the masks, were read."
    )


def special_names(tokenizer: Any) -> tuple[str, ...]:
    """The spellings that are read as special pieces, the mask's apart."""
    return tuple(name for name in dict.fromkeys(tokenizer.all_special_tokens) if name != tokenizer.mask_token)
