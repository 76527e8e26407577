"""a or an: by the first sound of the word that follows, as far as spelling tells it."""

from __future__ import annotations

import re

BEFORE = re.compile(r"(?<![\w'’])(an?)(\s+)$", re.IGNORECASE)
SILENT_H = ("hour", "honest", "honor", "honour", "heir")
CONSONANT = re.compile(r"(?:eu|ew|one\b|once|ouija|u(?:ni(?!n|m)|k\b|kr|s[aeiu]|t[ei]|biq|ga))", re.IGNORECASE)
SPELLED = set("AEFHILMNORSX")  # letters whose names begin with a vowel


def vowel_sound(word: str) -> bool:
    """Whether `word` takes "an"."""
    if len(word) > 1 and word.isupper() and not re.search("[AEIOU]", word):
        return word[0] in SPELLED
    lower = word.lower()
    if lower.startswith(SILENT_H):
        return True
    return lower[:1] in "aeiou" and lower[:1] != "" and CONSONANT.match(lower) is None


def mended(before: str, old: str, new: str) -> str:
    """The text before a replaced word with its article changed where `new` sounds other than `old` at its start."""
    found = BEFORE.search(before)
    if found is None or vowel_sound(old) == vowel_sound(new):
        return before
    article = "an" if vowel_sound(new) else "a"
    written = found.group(1)
    if written[0].isupper():
        article = article.upper() if written == "AN" or (written == "A" and new.isupper()) else article.capitalize()
    return before[: found.start(1)] + article + found.group(2)
