"""A text with its pieces on coloured grounds, as Markdown that shows exactly the visitor's characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.inspection.reading import Reading
    from core.inspection.tokens import Stretch

BEGINS, GOES_ON, UNKNOWN, LOST = "blue", ("orange", "yellow"), "red", "violet"
SHOWN_UNSEEN = 300  # characters behind the end of the model's sight that are shown
NO_BREAK = "\u00a0"


def _strong(text: str, colour: str) -> str:
    """What a reader must not miss."""
    return f":{colour}-background[:{colour}[**{text}**]]"


LEGEND = (
    f":{BEGINS}-background[begins a word] · :{GOES_ON[0]}-background[goes]:{GOES_ON[1]}-background[on] · "
    f"{_strong('unknown to the model', UNKNOWN)} · {_strong('U+00AD', LOST)} belongs to no piece · "
    ":gray[~~not seen~~]"
)


def marked(stretches: Sequence[Stretch], reading: Reading) -> str:
    """The text as one paragraph; line breaks stay."""
    return "".join(_marked(stretch, reading) for stretch in stretches)


def _marked(stretch: Stretch, reading: Reading) -> str:
    if stretch.kind == "blank":
        return _blank(stretch.text)
    if stretch.kind == "lost":
        return "".join(_strong(f"U+{ord(letter):04X}", LOST) for letter in stretch.text[:20])
    if stretch.kind == "unseen":
        cut = stretch.text[:SHOWN_UNSEEN]
        shown = escape(cut.strip() + (" …" if len(stretch.text) > SHOWN_UNSEEN else ""))
        return f" :gray[~~{shown}~~]" if shown else ""
    if stretch.kind == "unknown":
        return _strong(escape(stretch.text, 200), UNKNOWN)
    return _lines(stretch.text, _colour(stretch, reading))


def _colour(stretch: Stretch, reading: Reading) -> str:
    """Blue where a word begins, then two colours in turn, so that neighbours differ."""
    first = stretch.pieces[0]
    word = reading.words[reading.pieces[first].word or 0]
    place = word.pieces.index(first)
    return BEGINS if place == 0 else GOES_ON[(place - 1) % 2]


def _lines(text: str, colour: str) -> str:
    return f":{colour}-background[{escape(text, 200)}]" if text.strip() else _blank(text)


def _blank(text: str) -> str:
    """Blanks as they stand, as far as Markdown can: several in a row do not become one."""
    lines = text.splitlines() or [text]
    if "\n" in text:
        return "  \n" * min(2, text.count("\n"))
    return " " if len(text) == 1 else NO_BREAK * min(20, len(lines[0]))
