"""A replacement written as the word that it replaces was: he, He, HE; and capitals at the start of a sentence."""

from __future__ import annotations

import re

STARTS = re.compile(r"(?:^|[.!?…\n])[\s\"'“”‘’«»()\[\]*_-]*$")


def starts_sentence(text: str, place: int) -> bool:
    """Whether a word at `place` is the first of a sentence."""
    return STARTS.search(text[:place]) is not None


def cased(found: str, listed: str, replacement: str, starts: bool) -> str:
    """`replacement` in the capitals of `found`, which the list writes as `listed`; `starts` a sentence or not."""
    if found.isupper() and sum(map(str.isalpha, found)) > 1 and not listed.isupper():
        return replacement.upper()
    if found.islower() and not listed.islower():
        return replacement.lower()
    if " " in found and found.istitle() and not listed.istitle():
        return " ".join(map(_capital, replacement.split(" ")))
    if found[:1].isupper() and (starts or listed[:1].islower()):
        return _capital(replacement)
    return replacement


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
