"""Where a text mentions a group: terms found as whole words, the longest first, in addresses and handles never."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from core.bias.word_sets import WordTest

INSIDE = r"\w\u0300-\u036f\u200d"  # combining marks and joiners belong to the word that they follow
ALIASES = {"mrs": "ms", "mom": "mum", "moms": "mums", "mommy": "mummy"}  # other spellings of what a list may hold
ADDRESSES = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.\S+|[@#]\w+", re.IGNORECASE)


@dataclass(frozen=True)
class Mention:
    """`text` at start to end is the term number `place` of the group number `group`, listed as `listed`."""

    start: int
    end: int
    text: str
    listed: str
    group: int
    place: int


class Terms:
    """The terms of all groups of a list; with `match_case` a term listed with a capital is only found with one."""

    def __init__(self, groups: WordTest, match_case: bool = False) -> None:
        self.groups, self.match_case = groups.targets, match_case
        self.places: dict[str, tuple[int, int, str]] = {}
        for group, one in enumerate(groups.targets):
            for place, word in enumerate(one.words):
                for spelled in (word, unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)):
                    self.places.setdefault(_key(spelled), (group, place, word))
        for alias, known in ALIASES.items():
            if known in self.places:
                self.places.setdefault(alias, self.places[known])
        listed = sorted(self.places, key=len, reverse=True)
        any_of = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in listed)
        self.pattern = re.compile(rf"(?<![{INSIDE}])(?:{any_of})(?![{INSIDE}])", re.IGNORECASE) if listed else None

    def find(self, text: str) -> list[Mention]:
        """Mentions in order; they never overlap."""
        if self.pattern is None:
            return []
        closed = [match.span() for match in ADDRESSES.finditer(text)]
        found = [self._mention(match) for match in self.pattern.finditer(text)]
        return [
            one for one in found
            if one is not None and not any(start < one.end and one.start < end for start, end in closed)
        ]  # fmt: skip

    def _mention(self, match: re.Match[str]) -> Mention | None:
        known = self.places.get(_key(" ".join(match.group().split())))
        if known is None:
            return None
        group, place, listed = known
        if self.match_case and listed[:1].isupper() and not match.group()[:1].isupper():
            return None
        return Mention(match.start(), match.end(), match.group(), listed, group, place)


def _key(word: str) -> str:
    return word.strip().casefold()
