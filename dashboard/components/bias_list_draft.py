"""A word list while somebody writes it: boxes of a name and words, kept in the session, and the list they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from core.bias.word_sets import WordTest

MOST = 24  # sets of a list


@dataclass
class Draft:
    """The boxes: a number that names each one's widgets, and its role. `serial` grows, so that none is used twice."""

    boxes: list[tuple[int, str]] = field(default_factory=list)
    serial: int = 0

    def of(self, role: str) -> list[int]:
        """Numbers of the boxes of a role, in order."""
        return [number for number, one in self.boxes if one == role]

    def add(self, role: str) -> int:
        """A new box; its number."""
        self.serial += 1
        self.boxes.append((self.serial, role))
        return self.serial

    def drop(self, number: int) -> None:
        """Take a box away."""
        self.boxes = [one for one in self.boxes if one[0] != number]


def held(key: str, targets: Sequence[int] | None, attributes: Sequence[int] | None) -> Draft:
    """The draft of an editor; at first with as many empty boxes as the measure takes."""
    place = f"{key}-draft"
    if place not in st.session_state:
        draft = Draft()
        for role, counts in (("target", targets), ("attribute", attributes)):
            for _ in range(_start(counts)):
                draft.add(role)
        st.session_state[place] = draft
    found: Draft = st.session_state[place]
    return found


def _start(counts: Sequence[int] | None) -> int:
    """How many empty boxes: two, or what the measure takes where that is another number."""
    if counts is None:
        return 2
    return max(min(counts), min(max(counts), 2)) if counts else 0


def boxed(key: str, number: int, part: str) -> str:
    """The widget key of a box's name or words."""
    return f"{key}-box-{number}-{part}"


def fill(key: str, test: WordTest, name: str) -> None:
    """Put a list into the boxes, called `name`."""
    from core.bias import typed_words

    old: Draft | None = st.session_state.get(f"{key}-draft")
    draft = Draft(serial=old.serial if old else 0)
    for role, sets in (("target", test.targets), ("attribute", test.attributes)):
        for one in sets:
            number = draft.add(role)
            st.session_state[boxed(key, number, "name")] = one.name
            st.session_state[boxed(key, number, "words")] = typed_words.joined(one.words)
    st.session_state[f"{key}-draft"] = draft
    st.session_state[f"{key}-own-name"] = name
    st.session_state[f"{key}-own-language"] = test.language


def typed(key: str, draft: Draft) -> WordTest | None:
    """The list that the boxes hold; None while all of them are empty. Boxes without name and words do not count."""
    from core.bias import typed_words
    from core.bias.word_sets import WordSet, WordTest

    sets: dict[str, list[WordSet]] = {"target": [], "attribute": []}
    for role, made in sets.items():
        for place, number in enumerate(draft.of(role), start=1):
            name = typed_words.clean(st.session_state.get(boxed(key, number, "name")) or "")
            words = typed_words.words(st.session_state.get(boxed(key, number, "words")) or "")
            if name or words:
                made.append(WordSet(name or f"{role} set {place}", words))
    if not any(one.words for made in sets.values() for one in made):
        return None
    title = typed_words.clean(st.session_state.get(f"{key}-own-name") or "") or "Own list"
    language = (st.session_state.get(f"{key}-own-language") or "").strip()
    return WordTest(title, tuple(sets["target"]), tuple(sets["attribute"]), "own list", language)
