"""A word set into a template, with its article or its plural, and where it then stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import UserProblem

_SLOT = re.compile(r"\{(a x|xs|x)\}")
_OWN = re.compile(r"(?:\b(an?)(\s+))?(?<!\w)X(?!\w)", re.IGNORECASE)
_ODD_PLURALS = {
    "man": "men", "woman": "women", "child": "children", "wife": "wives", "gentleman": "gentlemen", "knife": "knives",
    "person": "people", "life": "lives", "hero": "heroes", "crisis": "crises",
}  # fmt: skip
_SILENT_H = ("heir", "honest", "honor", "honour", "hour")
_YOU = ("eu", "one", "once", "uni", "use", "usu", "uti")


@dataclass(frozen=True)
class Sentence:
    """A sentence with a word of a list: the characters start <= c < end are the word."""

    text: str
    start: int
    end: int
    word: str
    template: str = ""


def filled(template: str, word: str) -> Sentence:
    """The sentence; a word that opens it is capitalised."""
    slot = _SLOT.search(template)
    if slot is None:
        raise UserProblem(f"The template {template!r} has no place for a word.", "One slot is wanted: X.", "Add it.")
    before, kind = template[: slot.start()], slot[1]
    shown = plural(word) if kind == "xs" else word
    lead = f"{article(word)} " if kind == "a x" else ""
    opening = not before
    text = before + _capital(lead + shown, opening) + template[slot.end() :]
    start = len(before) + len(lead)
    return Sentence(text, start, start + len(shown), word, template)


def own(templates: Sequence[str]) -> tuple[str, ...]:
    """Templates of a person's own, where X stands for the word and "a X" for the word with its article."""
    made = []
    for given in (one.strip() for one in templates):
        if not given:
            continue
        slots = [one for one in _OWN.finditer(given) if one[0].endswith("X")]
        if len(slots) != 1 or "{" in given:
            raise UserProblem(
                f"The template {given!r} has {len(slots)} places for a word.",
                "One is wanted, written as a capital X: “This is X.”", "Mend it.",
            )  # fmt: skip
        made.append(given[: slots[0].start()] + ("{a x}" if slots[0][1] else "{x}") + given[slots[0].end() :])
    return tuple(dict.fromkeys(made))


def article(word: str) -> str:
    """a or an, by the sound that the spelling tells."""
    lower = word.lower()
    if lower.startswith(_SILENT_H):
        return "an"
    return "an" if lower[:1] in "aeiou" and lower[:1] and not lower.startswith(_YOU) else "a"


def plural(word: str) -> str:
    """The regular English plural, and a few that are not."""
    lower = word.lower()
    if lower in _ODD_PLURALS:
        return _ODD_PLURALS[lower]
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if lower.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _capital(text: str, opening: bool) -> str:
    return text[:1].upper() + text[1:] if opening else text
